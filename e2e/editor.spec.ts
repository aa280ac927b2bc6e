import { expect, test } from "@playwright/test";
import { openWorkflow, runState, signInAsDemo, startRun, step } from "./weft";

test("an editor adds a step by keyboard, publishes and runs it, and takes it back", async ({ page }) => {
	await signInAsDemo(page);
	await openWorkflow(page, "Tidy the guest list");
	await page.goto("/demo/workflows/first-light");
	const last = step(page, "The cloth")
		.or(page.getByRole("button", { name: /^The cloth/ }))
		.first();
	await last.click();
	await page.keyboard.press("Tab");
	await page.getByPlaceholder("Find a step").last().fill("comment");
	await page.keyboard.press("Enter");
	await expect(page.getByText("2 problems").or(page.getByText("1 problem")).first()).toBeVisible();
	await page.keyboard.press("ControlOrMeta+z");
	await expect(page.getByText(/problem$/)).toHaveCount(0);
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
});
