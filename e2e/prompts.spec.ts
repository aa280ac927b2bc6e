import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, openStep, runState, signUp, startRun, step, stepPanel } from "./weft";

const TEXT = `---
name: notes
variables:
  properties: { topic: { type: string } }
  required: [topic]
---
{{#if topic}}
Tell about {{topic}}.
{{/if}}
`;

test("a prompt is written, previewed, tested and saved, and a step uses it", async ({ page }) => {
	await signUp(page, "Petra Prompt");
	await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Prompts" }).click();
	await expect(page.getByRole("heading", { name: "No prompts yet" })).toBeVisible();
	await page.getByRole("button", { name: "New prompt" }).first().click();
	await page.getByLabel("Name").fill("notes");
	await page.getByRole("button", { name: "Create prompt" }).click();

	const text = page.getByRole("textbox", { name: "Text of notes" });
	await write(page, TEXT.replace("{{topic}}", "{{topik}}"));
	await expect(text.getByText("There is no variable topik. Did you mean topic?")).toBeVisible();
	await write(page, TEXT);
	await page.getByRole("textbox", { name: "topic" }).fill("weaving");
	await expect(page.getByRole("region", { name: "Preview of the prompt" })).toHaveText("Tell about weaving.");

	await page.getByRole("button", { name: "Test run" }).and(page.locator(":not([aria-expanded])")).click();
	await expect(page.getByRole("region", { name: "Answer" })).toContainText("weaving");
	await expect(page.getByText(/^Completed, /)).toBeVisible();
	await expect(page.getByText(/\d+ in, \d+ out/)).toBeVisible();

	await page.getByRole("tab", { name: /^Cases/ }).click();
	await addCase(page, "names the topic", "weaving");
	await addCase(page, "asks for looms", "looms");
	await page.getByRole("button", { name: "Run all" }).click();
	await expect(page.getByRole("row", { name: /^names the topic/ })).toContainText("passes");
	await expect(page.getByRole("row", { name: /^asks for looms/ })).toContainText("“looms” is not in the answer.");

	await page.getByRole("button", { name: "Save as v2" }).click();
	await expect(page.getByRole("dialog").getByText("1 of 2 cases fail")).toBeVisible();
	await page.getByLabel("What is new").fill("Asks for a topic");
	await page.getByRole("button", { name: "Save version" }).click();
	await expect(page.getByText("v2 in use")).toBeVisible();
	await page.getByRole("button", { name: "Compare with version 1" }).click();
	await expect(page.getByLabel("Changes from v1 to v2")).toContainText("Write three sentences");

	await page.getByRole("link", { name: "Workflows", exact: true }).click();
	await importWorkflow(page, "uses-prompt.workflow.yml");
	const form = await openStep(page, "Ask the model");
	await expect(form.getByLabel("Prompt of the library")).toHaveValue("notes");
	await expect(form.getByText("topic", { exact: true })).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await step(page, "Ask the model").click();
	await stepPanel(page).getByRole("link", { name: "notes, version 2" }).click();
	await page.getByRole("tab", { name: /^Used by/ }).click();
	await expect(page.getByRole("link", { name: /Uses a prompt/ }).last()).toBeVisible();
});

/** With the sample data as it is. */
async function addCase(page: Page, name: string, text: string): Promise<void> {
	await page.getByRole("button", { name: "Add case" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Name").fill(name);
	await dialog.getByLabel("Text").fill(text);
	await dialog.getByRole("button", { name: "Save case" }).click();
	await expect(page.getByRole("row", { name: new RegExp(`^${name}`) })).toBeVisible();
}

/** In the place of what stands in the editor of the text. */
async function write(page: Page, text: string): Promise<void> {
	await page.getByRole("textbox", { name: "Text of notes" }).click();
	await page.keyboard.press("ControlOrMeta+a");
	await page.keyboard.insertText(text);
}
