import { expect } from "@playwright/test";
import { expectSaved } from "./drawing";
import { test } from "./test";
import { runState, signUp, step } from "./weft";

test("words become steps that are kept as one change, undone, redone and run", async ({ page }) => {
	await signUp(page, "Wanda Words");
	await page.getByRole("button", { name: "New workflow" }).first().click();
	await page.getByRole("option", { name: /Describe it/ }).click();
	const panel = page.getByRole("complementary", { name: "Describe" });
	await panel.getByLabel("What should it do?").fill("Run `echo hello`, then run `echo done`. If it fails, tell #ops.");
	await panel.getByRole("button", { name: "Draw it" }).click();
	const drawing = page.getByLabel("What was described, not kept yet");
	await expect(drawing.getByText("Run echo done", { exact: true })).toBeVisible();
	await expect(panel.getByText(/This is the demo/).first()).toBeVisible();
	await panel.getByLabel("What should be different?").fill("Remove the step Tell #ops.");
	await panel.getByRole("button", { name: "Change it" }).click();
	await expect(panel.getByRole("listitem").filter({ hasText: "Tell #ops" })).toHaveCount(0);
	await panel.getByRole("button", { name: "Keep 2 changes" }).click();

	await expect(step(page, "Run echo done")).toBeVisible();
	await page.getByRole("button", { name: /^Undo/ }).click();
	await expect(page.getByText("Add the first step")).toBeVisible();
	await page.getByRole("button", { name: /^Redo/ }).click();
	await expect(step(page, "Run echo hello")).toBeVisible();
	await expectSaved(page);
	await page.getByRole("banner").getByRole("button", { name: /^Test/ }).click();
	await expect(runState(page, "Completed")).toBeVisible();
});
