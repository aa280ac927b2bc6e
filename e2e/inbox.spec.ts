import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runButton, runState, signUp, startRun } from "./weft";

/** Somebody in a browser of their own, whom the page's owner has invited. */
async function invite(page: Page, browser: Browser, name: string): Promise<Page> {
	await page.goto(`${teamOf(page)}/settings/members`);
	await page.getByRole("button", { name: "Invite people" }).click();
	await page.getByRole("button", { name: "Create invitation" }).click();
	const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
	const guest = await (await browser.newContext()).newPage();
	await signUp(guest, name);
	await guest.goto(link);
	await guest.getByRole("button", { name: /^Join / }).click();
	await expect(guest.getByRole("heading", { name: "Workflows" })).toBeVisible();
	return guest;
}

/** The path of the team whose page is open. */
function teamOf(page: Page): string {
	return new URL(page.url()).pathname.split("/").slice(0, 2).join("/");
}

test("who may decide is told at once, decides from the inbox, and it is settled for everybody; a failure is told, until it is switched off", async ({
	page,
	browser,
}) => {
	await signUp(page, "Olga Owner");
	await importWorkflow(page, "asks.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	const workflow = page.url();
	const guest = await invite(page, browser, "Dana Decider");
	await guest.goto(`${teamOf(guest)}/inbox`);
	await expect(guest.getByText("Your inbox is empty")).toBeVisible();

	await page.goto(workflow);
	await startRun(page);
	const asked = /Run 1 of Ask, then fail waits for your decision/;
	await expect(page.getByRole("button", { name: "Inbox, 1 unread" })).toBeVisible();
	await expect(guest.getByRole("link", { name: "Inbox 1 unread" })).toBeVisible();
	await guest.getByRole("link", { name: asked }).click();
	await guest.getByRole("button", { name: "Approve" }).click();
	await expect(runState(guest, "Failed")).toBeVisible({ timeout: 20_000 });

	await page.getByRole("button", { name: "Inbox, 1 unread" }).click();
	const panel = page.getByRole("dialog", { name: "Inbox" });
	await expect(panel.getByText("No longer waiting")).toBeVisible();
	await panel.getByRole("link", { name: "Unread: Run 1 of Ask, then fail failed" }).click();
	await expect(page.getByRole("button", { name: "Inbox", exact: true })).toBeVisible();

	await page.goto(`${teamOf(page)}/settings/account`);
	await page.getByRole("switch", { name: "Failed runs in the inbox" }).click();
	await page.reload();
	await expect(page.getByRole("switch", { name: "Failed runs in the inbox" })).not.toBeChecked();
	await page.goto(workflow);
	await startRun(page);
	await page.getByRole("button", { name: "Approve" }).click();
	await expect(runState(page, "Failed")).toBeVisible({ timeout: 20_000 });
	await page.goto(`${teamOf(page)}/inbox`);
	await expect(page.getByRole("link", { name: /Run 2 of Ask, then fail waits/ })).toBeVisible();
	await expect(page.getByRole("link", { name: "Run 1 of Ask, then fail failed" })).toBeVisible();
	await expect(page.getByRole("link", { name: /2 runs/ })).toBeHidden();
	await guest.context().close();
});

test("what is read in one tab is read in the other, and the phone has the inbox among its tabs and leads to what waits", async ({
	page,
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signUp(page, "Tilda Tabs");
	await importWorkflow(page, "asks.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	const inbox = `${teamOf(page)}/inbox`;
	const other = await page.context().newPage();
	await other.setViewportSize({ width: 390, height: 844 });
	await other.goto(inbox);
	await startRun(page);
	// The decision covers nothing until it is asked for.
	await expect(page.getByRole("tab", { name: "Steps" })).toBeVisible();
	await page.getByRole("button", { name: "Open it" }).click();
	await expect(page.getByRole("button", { name: "Approve", exact: true })).toBeVisible();
	await page.getByRole("button", { name: "Close", exact: true }).click();
	await expect(page.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
	await expect(other.getByRole("link", { name: /Inbox.* 1 unread|1 unread.*Inbox/ })).toBeVisible();
	await page.goto(inbox);
	await page.getByRole("button", { name: "Mark as read" }).click();
	await expect(other.getByRole("button", { name: "Mark as unread" })).toBeVisible();
	await other.getByRole("button", { name: "Mark as unread" }).click();
	await expect(page.getByRole("button", { name: "Mark as read" })).toBeVisible();
	await page.getByRole("button", { name: "Mark all read" }).click();
	await expect(other.getByRole("button", { name: "Mark as unread" })).toBeVisible();
	await expect(page.getByText(/\d unread/)).toHaveCount(0);
});
