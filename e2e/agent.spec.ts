import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, startRun } from "./weft";

test("an agent is watched turn by turn, and what it asks is answered on a phone", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "agent.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Waiting")).toBeVisible();
	// What waits for a decision is shown by itself.
	const turns = page.getByRole("region", { name: "Turns" });
	await turns.getByRole("button", { name: /^1 / }).click();
	await expect(turns.getByText("read_file", { exact: true })).toBeVisible();
	await expect(turns.getByText("The pool is full since 10:09")).toBeVisible();
	await expect(page.getByRole("button", { name: "Let it decide" })).toBeVisible();

	await page.setViewportSize({ width: 390, height: 844 });
	const open = page.getByRole("button", { name: "Open it" });
	const answer = page.getByLabel("Answer");
	await expect(open.or(answer).first()).toBeVisible();
	if (!(await answer.isVisible())) await open.click();
	await expect(page.getByText("Waiting for you")).toBeVisible();
	await answer.fill("Yes, roll it back");
	await page.getByRole("button", { name: "Send answer" }).click();

	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(runState(page, "Completed")).toBeVisible();
	await turns.getByRole("button", { name: /^2 / }).click();
	await expect(turns.getByText(/answered:/)).toBeVisible();

	// Told something more at its last turn, a new run goes on, and says where it comes from.
	await turns.getByRole("button", { name: "Fork from here" }).last().click();
	await page.getByLabel("Tell it").fill("Be short.");
	await page.getByRole("button", { name: "Fork", exact: true }).click();
	await expect(page).toHaveURL(/\/runs\/2\b/);
	await expect(runState(page, "Completed")).toBeVisible();
	await turns.getByRole("button", { name: /^1 .*taken over/ }).click();
	await expect(turns.getByText("read_file", { exact: true })).toBeVisible();
	await page.getByRole("button", { name: "Show the run" }).click();
	await page.getByRole("link", { name: "Ask around / 1" }).click();
	await expect(page).toHaveURL(/\/runs\/1\b/);
});
