import { expect } from "@playwright/test";
import { test } from "./test";
import { openWorkflow, runState, signInAsDemo, startRun, step } from "./weft";

test("an editor adds a step by keyboard, sees what it lacks, takes it back and runs the workflow", async ({ page }) => {
	await signInAsDemo(page);
	await openWorkflow(page, "First light");
	await step(page, "The cloth").click();
	await page.keyboard.press("Tab");
	await page.getByPlaceholder("Find a step").last().fill("comment");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/^\d problems?$/).first()).toBeVisible();
	await page.keyboard.press("ControlOrMeta+z");
	await expect(page.getByText(/^\d problems?$/)).toHaveCount(0);
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
});
