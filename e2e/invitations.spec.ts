import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "./test";
import { fillInAccount, importWorkflow, runButton, signUp, step } from "./weft";

// Three people sign up, and each sees within some seconds what the others do.
test.slow();

test("somebody is invited and joins with a new account; their open editor closes and opens with their role, and others watch the list of members follow", async ({
	page,
	browser,
}) => {
	await signUp(page, "Olga Owner");
	await importWorkflow(page, "shared.workflow.yml");
	await expect(step(page, "Greet")).toBeVisible();
	const workflow = page.url();
	const members = workflow.replace(/\/workflows\/.*$/, "/settings/members");
	const admin = await join(browser, "Ada Admin", await invite(page, members));
	await giveRole(page, "Ada Admin", { from: "editor", to: "Admin" });

	const link = await invite(admin, members);
	const guest = await join(browser, "Dana Guest", link);
	await guest.goto(link);
	await expect(guest.getByRole("heading", { name: /^You are in / })).toBeVisible();
	await expect(roleOf(admin, "Dana Guest", "editor")).toBeVisible();
	await expect(roleOf(page, "Dana Guest", "editor")).toBeVisible();

	await guest.goto(workflow);
	await expect(guest.getByRole("button", { name: "Publish" })).toBeVisible();
	await giveRole(admin, "Dana Guest", { from: "editor", to: "Viewer" });
	await expect(guest.getByText(/^Your role in .* is now viewer$/)).toBeVisible();
	await expect(guest.getByRole("button", { name: "Publish" })).toBeHidden();
	await expect(step(guest, "Greet")).toBeVisible();
	await expect(runButton(guest)).toBeHidden();
	await expect(roleOf(page, "Dana Guest", "viewer")).toBeVisible();
	await giveRole(page, "Dana Guest", { from: "viewer", to: "Editor" });
	await expect(guest.getByRole("button", { name: "Publish" })).toBeVisible();
	await expect(roleOf(admin, "Dana Guest", "editor")).toBeVisible();

	await page.getByRole("button", { name: "More about Dana Guest" }).click();
	await page.getByRole("menuitem", { name: "Remove from the team" }).click();
	await page.getByRole("button", { name: "Remove member" }).click();
	await expect(guest.getByRole("heading", { name: /^You are no longer in / })).toBeVisible({ timeout: 20_000 });
	await expect(admin.getByText("Dana Guest")).toHaveCount(0);
	for (const other of [admin, guest]) await other.context().close();
});

/** Makes an invitation on the page of members, which stays open; returns its link. */
async function invite(page: Page, members: string): Promise<string> {
	await page.goto(members);
	await page.getByRole("button", { name: "Invite people" }).click();
	await page.getByRole("button", { name: "Create invitation" }).click();
	const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
	await page.getByRole("button", { name: "Done" }).click();
	return link;
}

/** Somebody in a browser of their own, who opens the link before they have an account. */
async function join(browser: Browser, name: string, link: string): Promise<Page> {
	const guest = await (await browser.newContext()).newPage();
	await guest.goto(link);
	await expect(guest.getByRole("heading", { name: /invites you to/ })).toBeVisible();
	await guest.getByRole("link", { name: "Create an account" }).click();
	await fillInAccount(guest, name);
	await expect(guest.getByRole("heading", { name: "Workflows" })).toBeVisible();
	await expect(guest.getByRole("button", { name: /^Olga Owner’s team/ })).toBeVisible();
	return guest;
}

const roleOf = (page: Page, name: string, role: string) =>
	page.getByRole("button", { name: `Role of ${name}: ${role}` });

async function giveRole(page: Page, name: string, { from, to }: { from: string; to: string }): Promise<void> {
	await roleOf(page, name, from).click();
	await page.getByRole("menuitemradio", { name: to }).click();
	await expect(roleOf(page, name, to.toLowerCase())).toBeVisible();
}
