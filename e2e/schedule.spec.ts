import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, publish, runState, signInAsDemo } from "./weft";

test("a schedule that is built with the form fires, is paused, and makes up for earlier times", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await page.getByRole("button", { name: "Run on a schedule" }).click();
	await expect(page.getByText("Next five times")).toBeVisible();
	await page.getByRole("combobox", { name: "When" }).click();
	await page.getByRole("option", { name: "At an interval" }).click();
	await page.getByLabel("Every", { exact: true }).fill("2 s");
	await expect(page.getByRole("button", { name: "Schedule every 2 seconds" })).toBeVisible();
	await publish(page);

	const active = page.getByRole("switch", { name: "Active" });
	await expect(active).toBeChecked();
	const history = page.getByRole("region", { name: "History" });
	await expect(history.getByText("Started on time.").first()).toBeVisible();
	await active.click();
	await expect(active).not.toBeChecked();
	await expect(page.getByText(/^Paused since/)).toBeVisible();

	await page.getByRole("button", { name: "Run earlier times…" }).click();
	const dialog = page.getByRole("dialog", { name: "Run earlier times" });
	await expect(dialog.getByText("More than 100 times are in this range. Choose a shorter one.")).toBeVisible();
	await dialog.getByRole("button", { name: "Cancel" }).click();

	await history
		.getByRole("link", { name: /Run \d/ })
		.last()
		.click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("By schedule").first()).toBeVisible();
});
