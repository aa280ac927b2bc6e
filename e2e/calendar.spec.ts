import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, signUp } from "./weft";

test.use({ timezoneId: "Europe/Berlin" });

test("the calendar shows every time to come for two years, what starts at once and when clocks change", async ({
	page,
}) => {
	await signUp(page, "Cora Calendar");
	const nav = page.getByRole("navigation", { name: "Main" });
	await nav.getByRole("link", { name: "Schedules" }).click();
	await expect(page.getByRole("heading", { name: "No workflow starts by a schedule yet" })).toBeVisible();

	await page.getByRole("link", { name: "Choose a workflow" }).click();
	await importWorkflow(page, "nightly.workflow.yml");
	await publish(page);
	await page.getByRole("link", { name: "All workflows" }).click();
	await nav.getByRole("link", { name: "Schedules" }).click();

	const rows = page.getByRole("list", { name: "Schedules" }).getByRole("listitem");
	await expect(rows.filter({ hasText: "Nightly, clean" })).toContainText("daily 02:30, Berlin");
	await expect(rows.filter({ hasText: "Nightly, often" })).toContainText("every 15 minutes");
	await page.getByRole("button", { name: "Two weeks later" }).click();
	await expect(rows.filter({ hasText: "Nightly, clean" }).getByTitle(/02:30, to come$/)).toHaveCount(14);
	await expect(rows.filter({ hasText: "Nightly, report" }).getByTitle(/^Mon .*02:30, to come$/)).toHaveCount(2);
	const atOnce = page.getByRole("region", { name: "2 start at once" });
	await expect(atOnce).toContainText("“Nightly, clean”, “Nightly, report”");

	const clocks = page.getByRole("region", { name: "Clocks change" });
	const forward = clocks.getByRole("listitem").filter({ hasText: "+1 h in Berlin" });
	await forward.getByRole("button", { name: /^Show Sun/ }).click();
	await expect(page.getByText("Clocks of Europe/Berlin change: +1 h")).toBeAttached();
	await expect(rows.filter({ hasText: "Nightly, clean" }).getByTitle(/^Sun .*03:00, to come$/)).toHaveCount(1);
	const back = clocks.getByRole("listitem").filter({ hasText: "−1 h in Berlin" });
	await back.getByRole("button", { name: /^Show Sun/ }).click();
	await expect(page.getByText("Clocks of Europe/Berlin change: −1 h")).toBeAttached();
	await expect(rows.filter({ hasText: "Nightly, clean" }).getByTitle(/02:30, to come$/)).toHaveCount(14);

	const inTwoYears = new Date(Date.now() + 729 * 86_400_000).toISOString().slice(0, 10);
	await page.getByLabel("Go to a day").fill(inTwoYears);
	await expect(rows.filter({ hasText: "Nightly, clean" }).getByTitle(/02:30, to come$/)).not.toHaveCount(0);
	await expect(page.getByRole("button", { name: "Two weeks later" })).toBeDisabled();

	await page.getByLabel("Find a schedule").fill("weekly");
	await expect(page.getByRole("heading", { name: "No schedule is called “weekly”" })).toBeVisible();
	await page.getByRole("button", { name: "Show all" }).click();
	await expect(rows).toHaveCount(3);
});

test("on a phone it tells the health of each schedule, and lists one day after the other", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signUp(page, "Pia Phone");
	await importWorkflow(page, "nightly.workflow.yml");
	await publish(page);
	await page.goto(page.url().replace(/\/workflows\/.*/, "/schedules"));
	await page.getByRole("button", { name: "Two weeks later" }).click();
	const monday = page.getByRole("region", { name: /^Mon / }).first();
	await expect(monday.getByRole("listitem")).toHaveText([/02:30.*Nightly, clean/, /02:30.*Nightly, report/]);
	await expect(page.getByText(/^Not listed one by one: Nightly, often/)).toBeVisible();
	await page.getByRole("radio", { name: "Health" }).click();
	const health = page.getByRole("list", { name: "Health in these days" });
	await expect(health.getByRole("listitem").filter({ hasText: "Nightly, clean" })).toContainText("0 missed");
});

/** What would start by itself is imported as a draft. */
async function publish(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Publish", exact: true }).click();
	const dialog = page.getByRole("dialog", { name: /^Publish/ });
	await dialog.getByRole("button", { name: "Publish v1" }).click();
	await expect(dialog).toBeHidden();
}
