import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, publish, runState, signInAsDemo } from "./weft";

test("an alert lights up the page with the run that it starts, and resolves", async ({ page, request }) => {
	await signInAsDemo(page);
	await page.getByRole("link", { name: "Alerts" }).click();
	await expect(page.getByRole("heading", { name: "No alerts come here yet" })).toBeVisible();

	await page.getByRole("link", { name: "Open a workflow" }).click();
	await importWorkflow(page, "report.workflow.yml");
	await page.getByRole("button", { name: "Run on an alert" }).click();
	await publish(page);
	const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
	const send = async (status: "firing" | "resolved") => await request.post(address, { data: notice(status) });
	expect((await send("firing")).status()).toBe(202);

	await page.goto("/demo/alerts");
	const row = page.getByRole("row", { name: /HighCpu/ });
	await expect(row.getByText("Critical")).toBeVisible();
	await row.getByRole("button", { name: "HighCpu" }).click();
	const panel = page.getByRole("complementary", { name: "The alert" });
	await expect(panel.getByText("instance=web-1")).toBeVisible();
	await expect(panel.getByRole("heading", { name: "Report" })).toBeVisible();
	expect((await send("resolved")).status()).toBe(202);
	await expect(page.getByText("Nothing fires")).toBeVisible();
	await expect(panel.getByText("Resolved", { exact: true }).first()).toBeVisible();
	await panel
		.getByRole("link", { name: /run \d+|\d+/ })
		.first()
		.click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("By an alert").first()).toBeVisible();
});

function notice(status: "firing" | "resolved") {
	const labels = { alertname: "HighCpu", severity: "critical", instance: "web-1" };
	const at = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString();
	const alert = { status, labels, annotations: { summary: "97 %" }, startsAt: at, endsAt: at, fingerprint: "e2e1" };
	return { version: "4", status, receiver: "weft", groupKey: "{}", alerts: [alert] };
}
