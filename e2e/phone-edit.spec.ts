import { expect, type Page } from "@playwright/test";
import { seriousViolations, thumbTroubles } from "./barriers";
import { test } from "./test";
import { importWorkflow, signInAsDemo } from "./weft";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("on a phone a workflow is read, a step filled in, another put aside, and the draft published and run", async ({
	page,
}) => {
	await signInAsDemo(page);
	await expectThumbFriendly(page);
	await importWorkflow(page, "errand.workflow.yml");
	await expect(row(page, "Carry", "1 problem")).toBeVisible();
	await expect(page.getByRole("button", { name: "Publish" })).toBeDisabled();
	await expectThumbFriendly(page);

	await page
		.getByRole("region", { name: "Problems" })
		.getByRole("button", { name: /nobody/ })
		.first()
		.tap();
	const panel = page.getByRole("complementary", { name: "Step" });
	const command = panel.getByRole("textbox", { name: "Command" });
	await expect(command).toBeVisible();
	await expectThumbFriendly(page);
	await command.fill("echo carried");
	await panel.getByRole("button", { name: "Close" }).tap();
	await expect(row(page, "Carry", "echo carried")).toBeVisible();
	await expect(page.getByRole("region", { name: "Problems" })).toHaveCount(0);

	// The way back closes the step, not the workflow.
	await row(page, "Rest", "").tap();
	await expect(panel).toBeVisible();
	await page.goBack();
	await expect(panel).toHaveCount(0);
	await row(page, "Rest", "").tap();
	await panel.getByRole("button", { name: "More", exact: true }).tap();
	await expectThumbFriendly(page);
	await page.getByRole("menuitem", { name: "Disable" }).tap();
	await expect(panel.getByText("Disabled: runs skip it.")).toBeVisible();
	await panel.getByRole("button", { name: "Close" }).tap();
	await expect(row(page, "Rest", "disabled")).toBeVisible();
	await expect(page.getByRole("banner").getByText(/^Saved/)).toBeVisible();

	await page.reload();
	await expect(row(page, "Carry", "echo carried")).toBeVisible();
	await expect(row(page, "Rest", "disabled")).toBeVisible();

	await page.getByRole("button", { name: "Publish" }).tap();
	const dialog = page.getByRole("dialog");
	await expectThumbFriendly(page);
	await dialog.getByRole("button", { name: "Publish v1" }).tap();
	await page.getByRole("button", { name: "Run v1" }).tap();
	await expectThumbFriendly(page);
	await dialog.getByRole("button", { name: "Run", exact: true }).tap();
	await page.waitForURL(/\/runs\/\d+/);
	await expect(page.getByRole("banner").getByText("Completed")).toBeVisible({ timeout: 20_000 });
	await expectThumbFriendly(page);
	await page.getByRole("button", { name: /^Carry, Shell, completed/ }).tap();
	await expect(page.getByRole("region", { name: "Logs" })).toContainText("carried");
});

test("on a phone the drawing opens full screen to be looked at, and a step on it opens its form", async ({ page }) => {
	await signInAsDemo(page);
	await page.getByRole("link", { name: "Release checklist" }).tap();
	await page.getByRole("button", { name: "Open the drawing" }).tap();
	const drawing = page.getByRole("region", { name: "Canvas of Release checklist" });
	await expect(drawing).toBeVisible();
	await expectThumbFriendly(page);
	await drawing.getByRole("button", { name: /^Check the version, / }).tap();
	const panel = page.getByRole("complementary", { name: "Step" });
	await expect(panel).toBeVisible();
	await panel.getByRole("button", { name: "Close" }).tap();
	await page.getByRole("button", { name: "Close the drawing" }).tap();
	await expect(drawing).toHaveCount(0);
});

test("on a phone a new workflow gets its first steps", async ({ page }) => {
	await signInAsDemo(page);
	await page.getByRole("button", { name: "New workflow" }).tap();
	await page.getByRole("option", { name: "Blank canvas" }).tap();
	await page.getByRole("button", { name: "Add the first step" }).tap();
	const picker = page.getByRole("dialog", { name: "Add a step" });
	await picker.getByRole("option", { name: /^Shell/ }).tap();
	const panel = page.getByRole("complementary", { name: "Step" });
	await panel.getByRole("textbox", { name: "Command" }).fill("echo one");
	await panel.getByRole("button", { name: "Close" }).tap();
	await page.getByRole("button", { name: "Add a step" }).tap();
	await picker.getByRole("option", { name: /^Condition/ }).tap();
	await panel.getByRole("button", { name: "Close" }).tap();
	await page.getByRole("button", { name: "Add a step" }).tap();
	await picker.getByRole("option", { name: /^Comment/ }).tap();
	await panel.getByRole("button", { name: "Close" }).tap();
	await expect(row(page, "Shell", "echo one")).toBeVisible();
	await expect(page.getByRole("listitem").getByRole("button", { name: /^Comment, .*on branch true/ })).toBeVisible();
	await expectThumbFriendly(page);
});

/** A step in the list, with what is said of it. */
function row(page: Page, name: string, said: string) {
	return page.getByRole("listitem").getByRole("button", { name: new RegExp(`^${name}, Shell, .*${said}`) });
}

async function expectThumbFriendly(page: Page): Promise<void> {
	expect(await thumbTroubles(page)).toEqual([]);
	expect(await seriousViolations(page)).toEqual([]);
}
