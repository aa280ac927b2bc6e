import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, startRun, step, stepPanel } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
});

test("a run that has ended says so before any of its events has come, and offers nothing that is over", async ({
	page,
}) => {
	await importWorkflow(page, "greeting.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await page.route(/runs\.watch/, () => {});
	await page.reload();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("Loading steps")).toBeVisible();
	await expect(page.getByRole("button", { name: "Run again" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Pause" })).toHaveCount(0);
	await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
});

test("a run's page goes on at once after signing in again in place", async ({ page, context }) => {
	await importWorkflow(page, "greeting.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await page.route(/runs\.watch/, (route) => route.abort());
	await page.reload();
	await expect(page.getByText("Reconnecting")).toBeVisible();
	await context.clearCookies({ name: /^weft\.session/ });
	await page.unroute(/runs\.watch/);
	const dialog = page.getByRole("dialog", { name: "Your session has ended" });
	await dialog.getByRole("button", { name: "Sign in as Demo again" }).click();
	await expect(dialog).toHaveCount(0);
	await expect(step(page, "Greet", "completed")).toBeVisible();
});

test("a failed step shows its attempts in the log, and opens in the editor", async ({ page }) => {
	await importWorkflow(page, "stumble.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await step(page, "Prepare").click();
	await startRun(page);
	await expect(runState(page, "Failed")).toBeVisible();
	await expect(page.getByText("2 ran, 1 not reached")).toBeVisible();

	const log = stepPanel(page).getByRole("region", { name: "Log lines" });
	await expect(log).toContainText("attempt 1 of 2");
	await expect(log).toContainText("$ echo trying; exit 7");
	await expect(log).toContainText("attempt 2 of 2");

	await page.getByRole("tab", { name: "Logs" }).click();
	const all = page.getByRole("tabpanel", { name: "Logs" });
	await expect(all.getByRole("region", { name: "Log lines" })).toContainText(
		/preparing.*trying.*attempt 2 of 2.*trying/s,
	);
	await all.getByRole("button", { name: "Search and filter" }).click();
	await all.getByRole("searchbox", { name: "Search the log" }).fill("prep");
	await expect(all.getByText("1 found")).toBeVisible();

	await stepPanel(page).getByRole("link", { name: "Edit this step" }).last().click();
	await expect(page.getByLabel("Name of the step")).toHaveValue("Stumble");
	await expect(page).toHaveURL(/\/workflows\/stumble$/);
});

test("on a phone the log of all steps stands beside their list", async ({ page }) => {
	await importWorkflow(page, "stumble.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await page.setViewportSize({ width: 390, height: 844 });
	await startRun(page);
	// A run that has failed opens on the step that failed it.
	await page.getByRole("button", { name: "Show the run" }).click();
	await page.getByRole("tab", { name: "Logs" }).click();
	const log = page.getByRole("region", { name: "Log lines" });
	await expect(log).toContainText(/preparing.*trying.*attempt 2 of 2.*trying/s);
	await page.getByRole("tab", { name: "Steps" }).click();
	await expect(page.getByRole("button", { name: /^Stumble, / })).toBeVisible();
});

test("an output is copied as a value and as the reference to it, and a list is read as a table", async ({
	page,
	context,
}) => {
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	await importWorkflow(page, "people.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await step(page, "List people").click();
	const output = stepPanel(page).getByRole("region", { name: "Output" });
	const first = output.getByRole("treeitem", { name: /^zone/ });
	await first.hover();
	await first.getByRole("button", { name: "Copy {{ steps.list.output.zone }}" }).click();
	expect(await page.evaluate("navigator.clipboard.readText()")).toBe("{{ steps.list.output.zone }}");
	const people = output.getByRole("treeitem", { name: /^people/ });
	await people.hover();
	await people.getByRole("button", { name: "Show as a table" }).click();
	const table = page.getByRole("dialog", { name: "2 rows" });
	await expect(table.getByRole("columnheader")).toHaveText(["Row", "name", "age"]);
	await expect(table.getByRole("row").nth(2)).toContainText("Grace");
});
