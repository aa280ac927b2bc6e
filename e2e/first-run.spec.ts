import { expect } from "@playwright/test";
import { test } from "./test";
import { openWorkflow, runState, startRun, step, tryIt } from "./weft";

test("a newcomer signs in with one click, runs the starter and reads what each step did", async ({ page }) => {
	await page.goto("/");
	await page.getByRole("link", { name: "Sign in" }).first().click();
	await tryIt(page);
	await openWorkflow(page, "First light");
	await startRun(page);

	await expect(step(page, "Warm up the loom", "running")).toBeVisible();
	await expect(step(page, "Enough thread\\?", "completed")).toBeVisible();
	await expect(step(page, "Weave red", "retrying")).toBeVisible();
	await expect(step(page, "Out of thread", "skipped")).toBeVisible();
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await expect(step(page, "Weave red", "completed in .*, attempt 2 of 3")).toBeVisible();

	await step(page, "Weave red").click();
	const panel = page.getByRole("complementary", { name: "Step" });
	await expect(panel.getByRole("heading", { name: "Weave red" })).toBeVisible();
	await expect(panel.getByRole("region", { name: "Attempts" }).getByText(/^Attempt \d/)).toHaveCount(2);
	await expect(panel.getByRole("region", { name: "Input" })).toContainText("command");
	await expect(panel.getByRole("region", { name: "Output" })).toContainText("exitCode");
	await expect(panel.getByRole("region", { name: "Logs" })).toContainText("red");

	await step(page, "Sum up").click();
	await expect(panel.getByText("demo", { exact: false }).first()).toBeVisible();

	await page.reload();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(step(page, "Weave red", "completed in .*, attempt 2 of 3")).toBeVisible();
	await expect(
		page.getByRole("complementary", { name: "Step" }).getByRole("heading", { name: "Sum up" }),
	).toBeVisible();

	await page.getByRole("link", { name: "All workflows" }).click();
	const row = page.getByRole("row", { name: /First light/ });
	await expect(row).toContainText("100 %");
});
