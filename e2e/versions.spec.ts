import { expect, type Page } from "@playwright/test";
import { expectSaved, writeComment } from "./drawing";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, step } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
});

test("a version is published with a note, compared on the canvas and as YAML, and restored as a step to be undone", async ({
	page,
}) => {
	await writeComment(page, "Weave", "Weaving in red");
	await publish(page, 2, "The cloth is red now");
	await writeComment(page, "Weave", "Weaving in blue");
	await publish(page, 3, "Blue after all");

	const panel = page.getByRole("region", { name: "Problems, tests and versions" });
	await panel.getByRole("tab", { name: "Versions" }).click();
	const newest = panel.getByRole("listitem").filter({ hasText: "v3" });
	await expect(newest).toContainText("published");
	await expect(newest).toContainText("Blue after all");
	await expect(newest).toContainText("Demo user");
	await expect(newest.getByRole("time")).toBeVisible();
	await expect(panel.getByRole("listitem")).toHaveCount(3);

	await panel.getByRole("button", { name: "Compare v2 with the draft" }).click();
	await expect(page.getByText("1 changed")).toBeVisible();
	await page.getByRole("complementary", { name: "Changes" }).getByRole("button", { name: /Weave/ }).click();
	const change = page.getByRole("complementary", { name: "Change", exact: true });
	await expect(change).toContainText("Weaving in red");
	await expect(change).toContainText("Weaving in blue");
	await page.getByRole("radio", { name: "YAML" }).last().click();
	const text = page.getByLabel("Both versions as YAML");
	await expect(text).toContainText(/Weaving in red.*blue/);
	await chooseVersion(page, "After", /^v1 /);
	await expect(text).toContainText("text: Weaving");
	await page.getByRole("button", { name: "Close the comparison" }).click();

	await panel.getByRole("button", { name: "Restore v1" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Restore v1" }).click();
	await expect(step(page, "Weave")).toHaveAccessibleName(/Weaving$/);
	await expectSaved(page);
	await page.getByRole("button", { name: "Undo: Restore a version" }).click();
	await expect(step(page, "Weave")).toContainText("Weaving in blue");
	await expectSaved(page);
});

test("a run asks for what its version asks for, whatever the draft asks for by now", async ({ page }) => {
	const workflow = page.getByRole("complementary", { name: "Workflow" });
	await workflow.getByRole("button", { name: "Add an input" }).click();
	await expectSaved(page);
	await runButton(page).click();
	await page.waitForURL(/\/runs\/\d+/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
});

test("a run says which version it is of, and a test of the draft is told apart", async ({ page }) => {
	const workflow = page.url();
	await runButton(page).click();
	await page.waitForURL(/\/runs\/\d+/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText("v1", { exact: true })).toBeVisible();

	await page.goto(workflow);
	await writeComment(page, "Weave", "Weaving a sample");
	await page.getByRole("banner").getByRole("button", { name: "Test", exact: true }).click();
	await page.waitForURL(/\/runs\/\d+/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText("draft", { exact: true }).first()).toBeVisible();

	await page.goto(`${workflow}?tab=runs`);
	const rows = page.getByRole("row");
	await expect(rows.nth(1)).toContainText("draft");
	await expect(rows.nth(2)).toContainText("v1");
});

test("a draft with a problem is saved, and Publish and Run say why they wait", async ({ page }) => {
	await writeComment(page, "Weave", "Weaving {{ steps.nobody.output }}");
	await expectSaved(page);
	await page.reload();
	await expect(step(page, "Weave")).toBeVisible();
	const bar = page.getByRole("banner");
	await expect(bar.getByRole("button", { name: "1 problem" })).toBeVisible();
	for (const name of ["Publish", "Test"]) {
		const button = bar.getByRole("button", { name, exact: true });
		await expect(button).toBeDisabled();
		await button.hover({ force: true });
		await expect(page.getByRole("tooltip")).toHaveText("Fix the problems first");
		await page.mouse.move(700, 600, { steps: 10 });
	}
	await expect(runButton(page)).toBeEnabled();
	await writeComment(page, "Weave", "Weaving {{ steps.greet.output.text }}");
	await expect(bar.getByRole("button", { name: "Publish" })).toBeEnabled();
});

/** By the dialog, which shows what is new. */
async function publish(page: Page, version: number, note: string): Promise<void> {
	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	const dialog = page.getByRole("dialog", { name: /^Publish / });
	await dialog.getByLabel("What changed").fill(note);
	await expect(dialog).toContainText(`Since v${version - 1}`);
	await expect(dialog).toContainText("Weave");
	await expect(dialog).toContainText("3 steps checked, no problems");
	await dialog.getByRole("button", { name: `Publish v${version}` }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.getByRole("banner")).toContainText(`v${version} published`);
}

async function chooseVersion(page: Page, which: "Before" | "After", name: RegExp): Promise<void> {
	await page.getByRole("combobox", { name: which }).click();
	await page.getByRole("option", { name }).click();
}
