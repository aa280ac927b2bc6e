import { expect } from "@playwright/test";
import { findPart } from "../server/launcher/test-launcher";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, startRun, step } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "patient.workflow.yml");
	await expect(runButton(page)).toBeVisible();
});

test("a run reloaded in the middle looks the same and goes on", async ({ page }) => {
	await startRun(page);
	await expect(step(page, "Step two", "running")).toBeVisible();
	await page.reload();
	await expect(step(page, "Step one", "completed")).toBeVisible();
	await expect(step(page, "Left", "running")).toBeVisible();
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await expect(step(page, "Last", "completed")).toBeVisible();
});

test("the canvas finishes by itself after the worker was killed in the middle, and no finished step runs again", async ({
	page,
}) => {
	await startRun(page);
	await expect(step(page, "Left", "running")).toBeVisible();
	process.kill(findPart(process.env.WEFT_E2E_DATA ?? "", "worker"), "SIGKILL");
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(step(page, "Step one", "completed")).not.toContainText("2/");
	await expect(step(page, "Last", "completed")).toBeVisible();
	// The file that the finished steps wrote to has each of their lines once.
	await expect(page.getByRole("complementary", { name: "Step" })).toContainText("3");
});

test("two tabs show the same run over one stream, and the second goes on when the first is closed", async ({
	page,
	context,
}) => {
	await page.getByRole("link", { name: "All workflows" }).click();
	await importWorkflow(page, "question.workflow.yml");
	await startRun(page);
	// The run waits for a decision: however slow a tab is to open, it finds the same.
	await expect(step(page, "Go on\\?", "waiting")).toBeVisible();
	const other = await context.newPage();
	await other.goto(page.url());
	await step(other, "Go on\\?", "waiting").click();
	await page.close();
	await other.getByRole("complementary", { name: "Step" }).getByRole("button", { name: "Approve" }).click();
	await expect(step(other, "Go on", "completed")).toBeVisible();
	await expect(runState(other, "Completed")).toBeVisible();
});

test("a page whose web server was killed catches up when it is back, without a reload", async ({ page }) => {
	await startRun(page);
	await expect(step(page, "Step two", "running")).toBeVisible();
	await page.evaluate("window.sameDocument = true");
	process.kill(findPart(process.env.WEFT_E2E_DATA ?? "", "web"), "SIGKILL");
	await expect(page.getByText("Reconnecting")).toBeVisible({ timeout: 15_000 });
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 40_000 });
	await expect(step(page, "Last", "completed")).toBeVisible();
	expect(await page.evaluate("window.sameDocument")).toBe(true);
});

test("the workflow's page lists its runs", async ({ page }) => {
	await startRun(page);
	await page.getByRole("link", { name: "Runs" }).click();
	await expect(page.getByText("Running").first()).toBeVisible();
	await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 30_000 });
});
