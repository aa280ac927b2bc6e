import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runState, signUp, startRun } from "./weft";

test("what a run has taken stands on the page of costs, and a budget is set in the settings", async ({ page }) => {
	await signUp(page, "Cora Cost");
	const main = page.getByRole("navigation", { name: "Main" });
	await main.getByRole("link", { name: "Costs" }).click();
	await expect(page.getByRole("heading", { name: "No model was asked in these days" })).toBeVisible();
	await main.getByRole("link", { name: "Workflows", exact: true }).click();
	await importWorkflow(page, "one-answer.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();

	await page.goto(`${page.url().split("/workflows")[0]}/costs`);
	const totals = page.getByRole("region", { name: "Totals" });
	await expect(totals).toContainText("Cost$0");
	await expect(totals).toContainText(/Output tokens[1-9]/);
	await page.getByRole("radio", { name: "Run", exact: true }).click();
	await expect(page.getByRole("table", { name: "Costs" }).getByRole("link", { name: "Run 1" })).toBeVisible();

	await page.getByRole("link", { name: "Set budgets" }).click();
	await page.getByLabel("Budget of the team per month ($)").fill("50");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("$0 of $50.00, 0 %")).toBeVisible();
});
