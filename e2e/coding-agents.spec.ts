import { expect } from "@playwright/test";
import { test } from "./test";
import { runState, signInAsDemo, startRun, step } from "./weft";

test("two coding agents are compared side by side, and the one that is taken is merged", async ({ page }) => {
	await signInAsDemo(page);
	await page.goto("/templates/agents-side-by-side");
	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await page.waitForURL(/\/workflows\/coding-agents-side-by-side/);
	await startRun(page);
	await expect(runState(page, "Waiting")).toBeVisible({ timeout: 30_000 });

	await page.getByRole("button", { name: "Compare" }).click();
	const comparison = page.getByRole("dialog", { name: "Take one" });
	await expect(comparison.getByText("The rule prefers “Careful”", { exact: false })).toBeVisible();
	const careful = comparison.getByRole("region", { name: "Careful", exact: true });
	await expect(careful.getByText("preferred")).toBeVisible();
	await expect(careful.getByText("passed")).toBeVisible();
	await expect(comparison.getByRole("region", { name: "Changes in shop.sh" })).toContainText("echo $(( $1 + $2 ))");
	await comparison.getByRole("region", { name: "Quick", exact: true }).getByRole("button", { name: "Changes" }).click();
	await expect(comparison.getByRole("region", { name: "Changes in DEMO-NOTES.md" })).toBeVisible();
	await comparison.getByRole("button", { name: "Take this one: Careful" }).click();

	await expect(careful.getByText("taken")).toBeVisible();
	await comparison.getByRole("button", { name: "Close the comparison" }).click();
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(step(page, "Test what was merged", "completed")).toBeVisible();

	await page.reload();
	const panel = page.getByRole("complementary", { name: "Step" });
	await step(page, "Take one").click();
	await expect(panel.getByText(/^Won \d+ of \d+ here/).first()).toBeVisible();
	await step(page, "Careful").click();
	await expect(panel.getByText("1 file changed. The tests pass.").first()).toBeVisible();
	await panel.getByRole("button", { name: "Conversation" }).click();
	await expect(panel.getByRole("list", { name: "Conversation" })).toContainText("I run the tests.");
});
