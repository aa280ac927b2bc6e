import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { expectSaved, writeComment } from "./drawing";
import { test } from "./test";
import { chooseCommand, importWorkflow, runButton, signInAsDemo } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
});

test("a workflow is renamed by its title, and the one edited last comes first in the list", async ({ page }) => {
	const title = page.getByRole("banner").getByRole("button", { name: "Shared cloth", exact: true });
	await title.click();
	await page.getByLabel("Name of the workflow").fill("Renamed cloth");
	await page.keyboard.press("Escape");
	await expect(title).toBeFocused();
	await title.click();
	await page.getByLabel("Name of the workflow").fill("Renamed cloth");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("banner").getByRole("button", { name: "Renamed cloth", exact: true })).toBeFocused();
	await writeComment(page, "Weave", "Weaving in red");
	await expectSaved(page);
	await page.getByRole("link", { name: "All workflows" }).click();
	const first = page.getByRole("row").nth(1);
	await expect(first).toContainText("Renamed cloth");
	await expect(first).toContainText("by Demo user");
});

test("an export holds what is on the screen: the draft in the editor, a version where that is looked at", async ({
	page,
}) => {
	await writeComment(page, "Weave", "Weaving in red");
	await chooseCommand(page, "Export YAML");
	const dialog = page.getByRole("dialog", { name: /^Export / });
	await expect(dialog).toContainText("The draft as it is on the screen");
	expect(await download(page)).toContain("Weaving in red");

	await page.getByRole("tab", { name: "Versions" }).click();
	await page.getByRole("button", { name: "Export v1" }).click();
	await expect(dialog).toContainText("Version 1 as it was published");
	expect(await download(page)).not.toContain("Weaving in red");
});

test("a copy is deleted, and one that was tested is archived instead and put back", async ({ page }) => {
	const original = page.url();
	await chooseCommand(page, "Duplicate the workflow");
	await page.waitForURL(/copy-of/);
	await expect(page.getByRole("heading", { name: /^Copy of/ })).toBeVisible();
	await chooseCommand(page, "Delete the workflow");
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete workflow" }).click();
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
	await expect(page.getByRole("link", { name: /^Copy of/ })).toHaveCount(0);

	await page.goto(original);
	await expect(runButton(page)).toBeVisible();
	await page.getByRole("banner").getByRole("button", { name: "Test", exact: true }).click();
	await page.waitForURL(/\/runs\/\d+/);
	await page.goto(original.replace(/\/[^/]+$/, ""));
	const row = page.getByRole("row").filter({ has: page.locator(`a[href="${new URL(original).pathname}"]`) });
	const more = row.getByRole("button", { name: /^More about/ });
	await expect(row).toContainText("test");
	await more.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("menuitem", { name: "Delete" }).press("Enter");
	const question = page.getByRole("alertdialog");
	await expect(question).toContainText("has runs, so it cannot be deleted");
	await question.getByRole("button", { name: "Archive workflow" }).click();
	await expect(row).toHaveCount(0);
	await page.getByRole("button", { name: "Archived" }).click();
	await more.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("menuitem", { name: "Put back" }).click();
	await expect(row).toHaveCount(0);
});

test("on a phone the list fits the screen, and a copy is deleted from it", async ({ page }) => {
	await chooseCommand(page, "Duplicate the workflow");
	await page.waitForURL(/copy-of/);
	await expect(page.getByRole("heading", { name: /^Copy of/ })).toBeVisible();
	const copy = new URL(page.url()).pathname;
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(copy.replace(/\/[^/]+$/, ""));
	const item = page.getByRole("listitem").filter({ has: page.locator(`a[href="${copy}"]`) });
	await item.getByRole("button", { name: /^More about/ }).click();
	await page.getByRole("menuitem", { name: "Delete" }).click();
	const question = page.getByRole("alertdialog", { name: /^Delete Copy of/ });
	await expect(question).toBeInViewport({ ratio: 1 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	await question.getByRole("button", { name: "Delete workflow" }).click();
	await expect(item).toHaveCount(0);
});

test("on a low screen what is wrong with an import comes into view", async ({ page }) => {
	await page.setViewportSize({ width: 720, height: 450 });
	await page.getByRole("link", { name: "All workflows" }).click();
	await page.getByRole("button", { name: "Import YAML" }).click();
	const dialog = page.getByRole("dialog", { name: "Import a workflow" });
	await dialog.getByLabel("YAML").fill("version: 1\nname: Torn\nnodes:\n  - id: a\n");
	await dialog.getByRole("button", { name: "Import", exact: true }).click();
	await expect(dialog.getByRole("alert")).toBeInViewport({ ratio: 1 });
});

async function download(page: Page): Promise<string> {
	const waiting = page.waitForEvent("download");
	await page.getByRole("dialog").getByRole("button", { name: "Download" }).click();
	return readFileSync(await (await waiting).path(), "utf8");
}
