import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, publish, signInAsDemo } from "./weft";

const SECRET = "it is a secret to everybody";

test("a push to GitHub starts a run, another branch explains itself, and is sent again", async ({ page, request }) => {
	await signInAsDemo(page);
	const team = new URL(page.url()).pathname.split("/")[1];
	const name = `PUSH_${Date.now()}`;
	await addToken(page, `/${team}/settings/credentials`, name);
	await page.goto(`/${team}/workflows`);
	await importWorkflow(page, "greeting.workflow.yml");
	await page.getByRole("button", { name: "Run on GitHub" }).click();
	await page.getByLabel("Secret", { exact: true }).click();
	await page.getByRole("option", { name }).click();
	await page.getByLabel("Branches").fill("release/*");
	await publish(page);

	const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
	const push = async (branch: string) => {
		const commits = [{ added: [], modified: ["README.md"], removed: [] }];
		const body = JSON.stringify({ ref: `refs/heads/${branch}`, before: "0", after: crypto.randomUUID(), commits });
		const signature = createHmac("sha256", SECRET).update(body).digest("hex");
		const headers = { "x-github-event": "push", "x-github-delivery": crypto.randomUUID() };
		return await request.post(address, {
			data: body,
			headers: { ...headers, "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
		});
	};
	expect((await push("release/2")).status()).toBe(202);
	expect((await push("main")).status()).toBe(202);

	await page.getByLabel("Branches").fill("main");
	await page.getByRole("button", { name: "Try on past deliveries" }).click();
	await page.getByRole("button", { name: "Try", exact: true }).click();
	await expect(page.getByText("1 of 2 would start a run; 2 would come out differently.")).toBeVisible();
	const differently = page.getByRole("list", { name: "Deliveries that come out differently" });
	await expect(differently).toContainText("The branch “release/2” is none of main.");
	await page.getByLabel("Branches").fill("release/*");

	await page.getByRole("link", { name: "All in a list" }).click();
	const rows = page.getByRole("table", { name: "Deliveries" }).getByRole("row");
	await expect(rows.filter({ hasText: "Started" })).toContainText(/push.*Run \d+/);
	await rows.filter({ hasText: "Filtered" }).getByRole("button").click();
	const panel = page.getByRole("complementary", { name: "Delivery" });
	await expect(panel.getByText("The branch “main” is none of release/*.")).toBeVisible();
	await expect(panel.getByRole("region", { name: "Headers" })).not.toContainText("sha256=");
	await panel.getByRole("button", { name: "Redeliver" }).click();
	await expect(rows.filter({ hasText: "Filtered" })).toHaveCount(2);

	await page.getByRole("radio", { name: "Started" }).click();
	await expect(rows.filter({ hasText: "Filtered" })).toHaveCount(0);
	await rows.filter({ hasText: "Started" }).getByRole("checkbox").check();
	await page.getByRole("button", { name: "Redeliver 1" }).click();
	await expect(rows.filter({ hasText: "Started" })).toHaveCount(2);
});

async function addToken(page: Page, path: string, name: string): Promise<void> {
	await page.goto(path);
	await page.getByRole("button", { name: "Add a credential" }).first().click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("textbox", { name: "Name" }).fill(name);
	await dialog.getByRole("textbox", { name: "Token" }).fill(SECRET);
	await dialog.getByRole("button", { name: "Add", exact: true }).click();
	await expect(dialog).toBeHidden();
}
