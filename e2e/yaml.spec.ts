import { expect, type Page } from "@playwright/test";
import { expectSaved } from "./drawing";
import { test } from "./test";
import { importWorkflow, readFixture, signInAsDemo, step } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
});

test("a mistake shows its line and column while the canvas stays; corrected, it is one edit that can be undone", async ({
	page,
}) => {
	const text = await openYaml(page);
	const written = readFixture("shared.workflow.yml").replace("text: Weaving", "text: Weaving in YAML");
	await text.fill(written.replace("    type: comment\n    name: Part", "   type: comment\n    name: Part"));
	await expect(page.getByText(/^line \d+, column \d+$/).first()).toBeVisible();
	await expect(step(page, "Weave")).not.toContainText("YAML");
	const apply = page.getByRole("button", { name: /^Apply/ });
	await expect(apply).toBeDisabled();
	await expect(page.getByRole("banner").getByRole("button", { name: "Publish" })).toBeDisabled();
	await expect(page.getByRole("banner").getByText("1 change not applied")).toBeVisible();

	await text.fill(written.replace("name: Part", "name: Depart"));
	await expect(page.getByText(/^line \d+, column \d+$/)).toHaveCount(0);
	await apply.click();
	await expect(step(page, "Weave")).toContainText("Weaving in YAML");
	await expect(step(page, "Depart")).toBeVisible();
	await expectSaved(page);
	await page.getByRole("button", { name: "Undo: Edit the YAML" }).click();
	await expect(step(page, "Weave")).not.toContainText("YAML");
	await expect(step(page, "Part")).toBeVisible();
	await expect(text).not.toContainText("Weaving in YAML");
});

test("a reference that leads nowhere stands under its line, with a way to correct it", async ({ page }) => {
	const text = await openYaml(page);
	await text.fill(readFixture("shared.workflow.yml").replace("text: Weaving", 'text: "{{ steps.gret.output.text }}"'));
	await page.getByRole("button", { name: /Change to steps\.greet/ }).click();
	await expect(text).toContainText("steps.greet.output.text");
	await page.getByRole("button", { name: /^Apply/ }).click();
	await expect(step(page, "Weave")).toContainText("steps.greet.output.text");
});

test("what is drawn appears in the text, and what is selected is brought into sight there", async ({ page }) => {
	const text = await openYaml(page);
	await step(page, "Part").click();
	await page.keyboard.press("Delete");
	await expect(text).not.toContainText("name: Part");
	await page.keyboard.press("ControlOrMeta+z");
	await expect(text).toContainText("name: Part");
	await expect(page.getByText("Says what the canvas shows")).toBeVisible();
});

test("what is drawn while something is written is kept beside it", async ({ page }) => {
	const text = await openYaml(page);
	await text.fill(readFixture("shared.workflow.yml").replace("text: Weaving", "text: Weaving in YAML"));
	await expect(page.getByRole("button", { name: "Apply 1 change" })).toBeVisible();
	await step(page, "Part").click();
	await page.keyboard.press("Delete");
	await expect(step(page, "Part")).toHaveCount(0);
	await page.getByRole("button", { name: /^Apply/ }).click();
	await expect(step(page, "Weave")).toContainText("Weaving in YAML");
	await expect(step(page, "Part")).toHaveCount(0);
});

test("a file dropped on the page is looked at first, then applied", async ({ page }) => {
	const dropped = readFixture("shared.workflow.yml").replace("Good morning", "Good morning from a file");
	await dropFile(page, "shared.workflow.yml", dropped);
	await expect(page.getByLabel(/as YAML$/)).toContainText("Good morning from a file");
	await expect(step(page, "Greet")).not.toContainText("from a file");
	await page.getByRole("button", { name: "Apply 1 change" }).click();
	await expect(step(page, "Greet")).toContainText("Good morning from a file");
	await expectSaved(page);
});

async function openYaml(page: Page) {
	await page.getByRole("radio", { name: "YAML" }).click();
	const text = page.getByLabel("Shared cloth as YAML");
	await expect(text).toBeVisible();
	return text;
}

/** As a file manager does: over the page, then let go. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
	const data = await page.evaluateHandle(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: "application/yaml" }));
		return data;
	})()`);
	// A file that is moved over a page which is still arriving enters it again and again.
	await expect(async () => {
		await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
		await expect(page.getByText("Drop the file to open it as YAML")).toBeVisible({ timeout: 500 });
	}).toPass();
	await page.dispatchEvent("body", "drop", { dataTransfer: data });
}
