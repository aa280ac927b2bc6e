import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import {
	fillInAccount,
	importWorkflow,
	openWorkflow,
	runState,
	signInAsDemo,
	startRun,
	step,
	stepPanel,
	strangerAt,
} from "./weft";

const GONE = { name: "This link does not work" };

test("a stranger watches a run live on a phone by its link, which is revoked under their eyes", async ({
	page,
	browser,
}) => {
	await signInAsDemo(page);
	await openWorkflow(page, "Release checklist");
	await startRun(page);
	await expect(step(page, "Ship it\\?", "waiting")).toBeVisible();
	const link = await share(page);

	const phone = await strangerAt(browser, link, { width: 390, height: 844 });
	await expect(phone.getByRole("button", { name: /^Ship it\?, .*waiting/ })).toBeVisible();
	await expect(phone.getByText(/^Shared by .*, read-only/)).toBeVisible();
	await phone.getByRole("button", { name: /^Ship it\?/ }).click();
	await expect(phone.getByText("Release 1.4.0?")).toBeVisible();
	await expect(phone.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
	await phone.goBack();
	await expect(phone.getByText("Release 1.4.0?")).toHaveCount(0);
	await phone.getByRole("button", { name: /^Ship it\?/ }).click();
	await expect(phone.getByText("Release 1.4.0?")).toBeVisible();
	await phone.getByRole("button", { name: "Show the run" }).click();
	await expect(phone.getByText("Release 1.4.0?")).toHaveCount(0);

	await page.getByRole("button", { name: "Close" }).first().click();
	await step(page, "Ship it\\?", "waiting").click();
	await stepPanel(page).getByRole("button", { name: "Approve" }).click();
	await expect(runState(page, "Completed")).toBeVisible();
	await expect(phone.getByRole("banner").getByText("Completed")).toBeVisible();

	await page.getByRole("button", { name: "Share" }).click();
	const links = page.getByRole("region", { name: "Links to this run" });
	await expect(links).toContainText("1 view");
	await links.getByRole("button", { name: "Revoke" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Revoke the link" }).click();
	await expect(phone.getByRole("heading", GONE)).toBeVisible();
	await phone.reload();
	await expect(phone.getByRole("heading", GONE)).toBeVisible();
});

test("a link with a password asks for it, and shows no more than was chosen", async ({ page, browser }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	const link = await share(page, { password: "open sesame", without: ["Outputs and errors", "Settings of the steps"] });

	const guest = await strangerAt(browser, link, { width: 1440, height: 900 });
	await guest.getByLabel("Password").fill("wrong");
	await guest.getByRole("button", { name: "Open the link" }).click();
	await expect(guest.getByText("That is not the password of this link.")).toBeVisible();
	await guest.getByLabel("Password").fill("open sesame");
	await guest.getByRole("button", { name: "Open the link" }).click();
	await expect(runState(guest, "Completed")).toBeVisible();
	await guest
		.getByRole("button", { name: /, completed/ })
		.first()
		.click();
	await expect(stepPanel(guest).getByText("Completed")).toBeVisible();
	await expect(stepPanel(guest).getByRole("button", { name: "Output" })).toHaveCount(0);
	await expect(guest.getByRole("tab", { name: "Logs" })).toHaveCount(0);
});

test("a stranger plays the run of a link as a film, clones its workflow and runs it", async ({ page, browser }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	const guest = await strangerAt(browser, await share(page), { width: 1440, height: 900 });
	await guest.getByRole("button", { name: "Play the run" }).click();
	const moment = guest.getByRole("slider", { name: "Moment of the run" });
	await moment.press("Home");
	await expect(runState(guest, "Completed")).toHaveCount(0);
	await moment.press("End");
	await expect(runState(guest, "Completed")).toBeVisible();
	await guest.getByRole("link", { name: "Clone this workflow" }).click();
	await guest.getByRole("link", { name: "Create one" }).click();
	await fillInAccount(guest, "Nell Stranger");
	await expect(guest.getByRole("heading", { name: "Clone Greeting" })).toBeVisible();
	await guest.getByLabel("Name").fill("My own greeting");
	await guest.getByRole("button", { name: "Clone the workflow" }).click();
	await expect(guest).toHaveURL(/\/workflows\/my-own-greeting$/);
	await startRun(guest);
	await expect(runState(guest, "Completed")).toBeVisible();
});

test("a shared run stands there before any script has come, and goes on when the connection is back", async ({
	page,
	browser,
}) => {
	await signInAsDemo(page);
	await openWorkflow(page, "Release checklist");
	await startRun(page);
	await expect(step(page, "Ship it\\?", "waiting")).toBeVisible();
	const link = await share(page);
	await page.getByRole("button", { name: "Close" }).first().click();

	const bare = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await bare.goto(link);
	await expect(bare.getByRole("region", { name: /^Canvas of run/ })).toBeVisible();
	await expect(step(bare, "Ship it\\?", "waiting")).toBeVisible();

	const guest = await strangerAt(browser, link, { width: 1440, height: 900 });
	await expect(guest.getByText("Live", { exact: true })).toBeVisible();
	await guest.context().setOffline(true);
	await step(page, "Ship it\\?", "waiting").click();
	await stepPanel(page).getByRole("button", { name: "Approve" }).click();
	await expect(runState(page, "Completed")).toBeVisible();
	await guest.context().setOffline(false);
	await expect(runState(guest, "Completed")).toBeVisible();
	await step(guest, "Ship it\\?", "completed").press("Enter");
	await expect(stepPanel(guest).getByText("Completed")).toBeVisible();
	await guest.getByRole("button", { name: "Play the run" }).click();
	await expect(guest.getByRole("slider", { name: "Moment of the run" })).toBeVisible();
});

interface Terms {
	password?: string;
	/** What is not to be shown. */
	without?: string[];
}

/** Makes a link of the run that is open, and leaves the dialog open; returns the link's address. */
async function share(page: Page, { password, without = [] }: Terms = {}): Promise<string> {
	await page.getByRole("button", { name: "Share" }).click();
	const dialog = page.getByRole("dialog", { name: /^Share run/ });
	for (const name of without) await dialog.getByRole("switch", { name }).click();
	if (password) await dialog.getByLabel("Password").fill(password);
	await dialog.getByRole("button", { name: "What this link sends" }).click();
	await page.getByRole("dialog", { name: "What this link sends" }).getByRole("button", { name: "Back" }).click();
	await dialog.getByRole("button", { name: "Create and copy link" }).click();
	return await dialog.getByLabel("Address of the link").inputValue();
}
