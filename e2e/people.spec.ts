import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, openWorkflow, runButton, runState, signInAsDemo, startRun, step } from "./weft";

test("a person approves a release with a form, and it is rolled out", async ({ page }) => {
	await signInAsDemo(page);
	await openWorkflow(page, "Release checklist");
	await startRun(page);
	await step(page, "Ship it\\?", "waiting").click();
	const panel = page.getByRole("complementary", { name: "Step" });
	await expect(panel).toContainText("Release 1.4.0?");
	await panel.getByText("everyone").click();
	await panel.getByLabel("Remark").fill("The checks are green.");
	await panel.getByRole("button", { name: "Approve" }).click();
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await step(page, "Ship it\\?").click();
	await expect(panel).toContainText("Approved by Demo user");
	await expect(panel).toContainText("The checks are green.");
});

test("a person declines on a phone", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signInAsDemo(page);
	await openWorkflow(page, "Release checklist");
	await startRun(page);
	await page.getByRole("button", { name: "Open it", exact: true }).click();
	await expect(page.getByRole("heading", { name: "Ship it?" })).toBeVisible();
	await page.getByRole("button", { name: "Decline", exact: true }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Decline" }).click();
	await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
});

test("a person watches a step's log grow and cancels the run", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "chatter.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await step(page, "Talk", "running").click();
	const log = page.getByRole("complementary", { name: "Step" }).getByRole("region", { name: "Logs" });
	const lastLine = async () => Number(/.*line (\d+) of 200/.exec((await log.textContent()) ?? "")?.[1] ?? 0);
	await expect.poll(lastLine).toBeGreaterThan(0);
	const seen = await lastLine();
	await expect.poll(lastLine).toBeGreaterThan(seen);
	await page.getByRole("button", { name: "Cancel", exact: true }).click();
	await page
		.getByRole("alertdialog")
		.getByRole("button", { name: /^Cancel (the )?run/ })
		.click();
	await expect(runState(page, "Cancelled")).toBeVisible();
	await expect(step(page, "Talk", "cancelled")).toBeVisible();
});
