import { expect, test } from "@playwright/test";
import { importWorkflow, runButton, signUp, step } from "./weft";

test("somebody is invited, joins by a press, and becomes a reader while their editor is open", async ({
	page,
	browser,
}) => {
	await signUp(page, "Olga Owner");
	await importWorkflow(page, "shared.workflow.yml");
	await expect(step(page, "Greet")).toBeVisible();
	const workflow = page.url();
	await page.goto(workflow.replace(/\/workflows\/.*$/, "/settings/members"));
	await page.getByRole("button", { name: "Invite people" }).click();
	await page.getByRole("button", { name: "Make an invitation" }).click();
	const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
	await page.getByRole("button", { name: "Done" }).click();

	const context = await browser.newContext();
	const guest = await context.newPage();
	await guest.goto(link);
	await expect(guest.getByRole("heading", { name: /invites you to/ })).toBeVisible();
	await signUp(guest, "Dana Guest");
	await guest.goto(link);
	await guest.getByRole("button", { name: /^Join / }).click();
	await expect(guest.getByRole("heading", { name: "Workflows" })).toBeVisible();
	await guest.goto(link);
	await expect(guest.getByRole("heading", { name: /^You are in / })).toBeVisible();

	await guest.goto(workflow);
	await expect(guest.getByRole("button", { name: "Publish" })).toBeVisible();
	await page.reload();
	await page.getByRole("button", { name: "Role of Dana Guest: editor" }).click();
	await page.getByRole("menuitemradio", { name: "Viewer" }).click();
	await expect(guest.getByText(/^Your role in .* is now viewer$/)).toBeVisible();
	await expect(guest.getByRole("button", { name: "Publish" })).toBeHidden();
	await expect(step(guest, "Greet")).toBeVisible();
	await expect(runButton(guest)).toBeHidden();

	await page.getByRole("button", { name: "More about Dana Guest" }).click();
	await page.getByRole("menuitem", { name: "Remove from the team" }).click();
	await page.getByRole("button", { name: "Remove member" }).click();
	await expect(guest.getByRole("heading", { name: /^You are no longer in / })).toBeVisible({ timeout: 20_000 });
	await context.close();
});
