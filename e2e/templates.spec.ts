import { expect, test } from "@playwright/test";
import { runState, startRun, step } from "./weft";

test("a stranger finds a template, watches a run of it, and through the demo runs it green in a team", async ({
	page,
}) => {
	await page.goto("/templates");
	await page.getByRole("searchbox", { name: "Search templates" }).fill("invoice sums");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("listitem").filter({ hasText: "steps" })).toHaveCount(1);
	await page.getByRole("link", { name: "Read an invoice" }).click();

	await expect(page.getByRole("heading", { name: "Read an invoice" })).toBeVisible();
	await page.getByRole("button", { name: "Play a run of it" }).click();
	const player = page.getByRole("region", { name: "A run of it" });
	await expect(player.getByText("Completed")).toBeVisible();
	await player.getByRole("button", { name: "Close the run" }).click();
	await page.getByRole("link", { name: "YAML" }).click();
	await expect(page.getByText("slug: invoice-extraction")).toBeVisible();

	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByRole("button", { name: /Try it/ }).click();
	await expect(page.getByRole("heading", { name: "Use Read an invoice" })).toBeVisible({ timeout: 30_000 });
	await page.getByLabel("Name").fill("");
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await expect(page.getByText("Enter a name.")).toBeVisible();
	await page.getByLabel("Name").fill("Invoices of the shop");
	await page.getByRole("button", { name: "Create the workflow" }).click();

	await page.waitForURL(/\/workflows\/invoices-of-the-shop/);
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(step(page, "Prove the sums", "completed")).toBeVisible();
});
