import { expect, type Locator, type Page } from "@playwright/test";
import { expectSaved, writeComment } from "./drawing";
import { test } from "./test";
import { fillInAccount, importWorkflow, runButton, signInAsDemo, step, stepPanel, strangerAt } from "./weft";

test("a stranger sees a workflow on a phone by its link, and what is published next, makes it theirs, and loses it when it is revoked", async ({
	page,
	browser,
}) => {
	await signInAsDemo(page);
	const list = page.url();
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
	const editor = page.url();
	await page.goto(list);
	const link = await makeLink(await openSharing(page));

	const phone = await strangerAt(browser, link, { width: 390, height: 844 });
	await expect(phone.getByRole("main").getByText("v1", { exact: true })).toBeVisible();
	await expect(phone.getByText(/^Shared by .*read-only/)).toBeVisible();
	await expectSetting(phone, "Weaving");

	await page.goto(editor);
	await writeComment(page, "Weave", "Weaving in red");
	await expectSaved(page);
	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Publish v2" }).click();
	await expect(phone.getByRole("main").getByText("v2", { exact: true })).toBeVisible();
	await expectSetting(phone, "Weaving in red");

	const clone = await phone.context().newPage();
	await clone.goto(link);
	await clone.getByRole("link", { name: "Clone this workflow" }).click();
	await clone.getByRole("link", { name: "Create one" }).click();
	await fillInAccount(clone, "Nina Stranger");
	await clone.getByRole("button", { name: "Clone the workflow" }).click();
	await expect(runButton(clone)).toBeVisible();

	await page.goto(editor);
	const links = (await openSharing(page)).getByRole("region", { name: "Links to this workflow" });
	await expect(links).toContainText("2 views");
	await links.getByRole("button", { name: "Revoke" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Revoke the link" }).click();
	await expect(phone.getByRole("heading", { name: "This link does not work" })).toBeVisible();
	await expect(phone.getByText("Weave")).toHaveCount(0);
});

/** From the menu of the workflow, in the list or in the editor. */
async function openSharing(page: Page): Promise<Locator> {
	await page
		.getByRole("button", { name: /^More about Shared/ })
		.first()
		.click();
	await page.getByRole("menuitem", { name: "Share" }).click();
	return page.getByRole("dialog", { name: /^Share Shared/ });
}

/** Looks at what the link sends, then makes it. */
async function makeLink(dialog: Locator): Promise<string> {
	await dialog.getByRole("button", { name: "What this link sends" }).click();
	const sent = dialog.page().getByRole("dialog", { name: "What this link sends" });
	await expect(sent).toContainText("Weaving");
	await sent.getByRole("button", { name: "Back" }).click();
	await dialog.getByRole("button", { name: /^Create (and copy|another) link/ }).click();
	return await dialog.getByLabel("Address of the link").inputValue();
}

/** Opens a step, finds what is set there, and goes back to the drawing. */
async function expectSetting(page: Page, text: string): Promise<void> {
	await step(page, "Weave").click();
	await expect(stepPanel(page).getByText(text, { exact: true })).toBeVisible();
	await stepPanel(page).getByRole("button", { name: "Close" }).click();
}
