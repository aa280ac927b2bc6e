import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, publish, runState, signInAsDemo, startRun, step, stepPanel } from "./weft";

test("an event that a workflow sends starts another one, and a third goes on that has awaited it", async ({ page }) => {
	await signInAsDemo(page);
	await importInto(page, "awaits-payment.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Waiting")).toBeVisible();
	await step(page, "Paid\\?").click();
	const awaited = stepPanel(page).getByRole("region", { name: "Awaited event" });
	await expect(awaited).toContainText("event.data.order == inputs.order");
	const waiting = page.url();

	await importInto(page, "ships-order.workflow.yml");
	await publish(page);
	await importInto(page, "takes-payment.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();

	await page.goto(waiting);
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(awaited).toBeHidden();

	await page.goto("/demo/deliveries");
	const row = page.getByRole("row").filter({ hasText: "Ships the order" });
	await expect(row).toContainText(/order\.paid.*Started/);
	await row.getByRole("link", { name: /Run \d/ }).click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("Order 4711").first()).toBeVisible();
});

async function importInto(page: Page, fixture: string): Promise<void> {
	await page.goto("/demo/workflows");
	await importWorkflow(page, fixture);
}
