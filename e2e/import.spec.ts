import { expect } from "@playwright/test";
import { parse } from "yaml";
import { test } from "./test";
import { chooseCommand, importWorkflow, openWorkflow, readFixture, runButton, signInAsDemo } from "./weft";

test.beforeEach(({ page }) => signInAsDemo(page));

test("YAML with a mistake is refused with its line, and the text stays", async ({ page }) => {
	await importWorkflow(page, "mistake.workflow.yml");
	const dialog = page.getByRole("dialog", { name: "Import a workflow" });
	await expect(dialog.getByText(/line \d+/i).first()).toBeVisible();
	await expect(dialog.getByLabel("YAML")).toHaveValue(readFixture("mistake.workflow.yml"));
});

test("a plan with an error is kept as a draft that says what is wrong and cannot run", async ({ page }) => {
	await importWorkflow(page, "broken.workflow.yml");
	await expect(page.getByText(/nobody/).first()).toBeVisible();
	const bar = page.getByRole("banner");
	await expect(bar.getByRole("button", { name: "Publish" })).toBeDisabled();
	await expect(bar.getByRole("button", { name: /^Test/ })).toBeDisabled();
	await expect(runButton(page)).toHaveCount(0);
});

test("an exported workflow is the one that was drawn", async ({ page }) => {
	await openWorkflow(page, "Is everybody up?");
	await chooseCommand(page, "Export YAML");
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("dialog").getByRole("button", { name: "Download" }).click(),
	]);
	expect(download.suggestedFilename()).toBe("health-check.workflow.yml");
	const stream = await download.createReadStream();
	let text = "";
	for await (const chunk of stream) text += String(chunk);
	expect(parse(text)).toMatchObject({ slug: "health-check", name: "Is everybody up?" });
});
