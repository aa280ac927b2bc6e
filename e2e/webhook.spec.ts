import { expect } from "@playwright/test";
import { test } from "./test";
import { chooseCommand, importWorkflow, publish, runState, signInAsDemo } from "./weft";

test("a webhook that is sent starts a run, a filtered one explains itself, and is sent again", async ({
	page,
	request,
}) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await page.getByRole("button", { name: "Run on a webhook" }).click();
	await page.getByLabel("Only when").fill("trigger.body.amount > 100");
	await publish(page);

	const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
	expect(address).toMatch(/\/api\/hooks\/[\w-]{43}$/);
	const send = (amount: number) => request.post(address, { data: { type: "order.paid", amount } });
	expect((await request.post(`${address}x`, { data: {} })).status()).toBe(404);
	expect((await send(42)).status()).toBe(202);
	const started = await send(420);
	expect((await started.json()).deliveries).toMatchObject([
		{ verdict: "started", run: { number: expect.any(Number) } },
	]);

	const log = page.getByRole("list", { name: "Deliveries" });
	await expect(log.getByRole("button", { name: /Started/ })).toBeVisible();
	await log.getByRole("button", { name: /Filtered/ }).click();
	const dialog = page.getByRole("dialog", { name: "Delivery" });
	const why = "trigger.body.amount > 100 was false: trigger.body.amount is 42.";
	await expect(dialog.getByText(why)).toBeVisible();
	await expect(dialog.getByRole("region", { name: "Body" })).toContainText("order.paid");
	await page.keyboard.press("Escape");

	await page.getByLabel("Only when").fill("trigger.body.amount > 10");
	await publish(page);
	await log.getByRole("button", { name: /Filtered/ }).click();
	await dialog.getByRole("button", { name: "Redeliver" }).click();
	await expect(page.getByText(/^Run \d+ has started$/)).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(log.getByRole("button", { name: /Started/ })).toHaveCount(2);

	await log
		.getByRole("button", { name: /Started/ })
		.first()
		.click();
	await dialog.getByRole("link", { name: /^Run \d/ }).click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("By webhook").first()).toBeVisible();
});

test("a draft that was never published waits for a test event, and a test begins with it", async ({
	page,
	request,
}) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await page.getByRole("button", { name: "Run on a webhook" }).click();
	await page.getByRole("button", { name: "Wait for a test event" }).click();
	await expect(page.getByRole("timer")).toHaveText(/^(10|9):\d\d$/);
	const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
	await page.reload();
	await page.getByRole("button", { name: /Webhook/ }).click();
	await expect(page.getByRole("timer")).toBeVisible();
	expect((await request.post(address, { data: { name: "Ada" } })).status()).toBe(202);
	await expect(page.getByRole("region", { name: "Body" })).toContainText("Ada");

	await chooseCommand(page, "Test the draft");
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByRole("combobox", { name: "Begins with" })).toContainText("webhook");
	await dialog.getByRole("button", { name: /^Test/ }).click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("By webhook").first()).toBeVisible();
});
