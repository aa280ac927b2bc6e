import { expect, type Locator, type Page } from "@playwright/test";
import { inDatabase } from "./database";
import { expectSaved, selectStep, writeComment } from "./drawing";
import { test } from "./test";
import { importWorkflow, runState, signUp, startRun, step } from "./weft";

test("a stranger finds a template, watches a run of it, and through the demo runs it green in a team", async ({
	page,
}) => {
	await page.goto("/templates");
	await page.getByRole("searchbox", { name: "Search templates" }).fill("invoice sums");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("listitem").filter({ hasText: "steps" })).toHaveCount(1);
	await page.getByRole("link", { name: "Read an invoice" }).click();

	await expect(page.getByRole("heading", { name: "Read an invoice" })).toBeVisible();
	await page.getByRole("button", { name: "Play a sample run" }).click();
	const player = page.getByRole("region", { name: "Sample run" });
	await expect(player.getByText("Completed")).toBeVisible();
	await player.getByRole("button", { name: "Close the run" }).click();
	await page.getByRole("link", { name: "YAML" }).click();
	await expect(page.getByText("slug: invoice-extraction")).toBeVisible();
	const [file] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "Download" }).click(),
	]);
	expect(file.suggestedFilename()).toBe("invoice-extraction.workflow.yml");

	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByRole("button", { name: /Try it/ }).click();
	await expect(page.getByRole("heading", { name: "Use Read an invoice" })).toBeVisible({ timeout: 30_000 });
	await page.getByLabel("Name").fill("");
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await expect(page.getByText("Enter a name.")).toBeVisible();
	await page.getByLabel("Name").fill("Invoices of the shop");
	await page.getByRole("button", { name: "Create the workflow" }).click();

	await page.waitForURL(/\/workflows\/invoices-of-the-shop/);
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(step(page, "Prove the sums", "completed")).toBeVisible();
});

test("a member publishes a template, and a workflow made of it takes the next version beside its own change", async ({
	page,
}) => {
	await signUp(page, "Tessa Template");
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
	const source = page.url();
	await publishAsTemplate(page, "Shared cloth");
	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByLabel("Name").fill("Our copy");
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await page.waitForURL(/\/workflows\/our-copy/);
	await writeComment(page, "Weave", "Weaving our own");
	await addTwin(page, "Our twin");

	await page.goto(source);
	await writeComment(page, "Weave", "Weaving anew");
	await addTwin(page, "Their twin");
	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Publish v2" }).click();
	await expect(page.getByRole("banner")).toContainText("v2 published");
	await publishAsTemplate(page, "Shared cloth");

	await page.goto(source.replace(/[^/]+$/, "our-copy"));
	await page.getByRole("link", { name: "A newer version exists" }).click();
	await expect(page.getByRole("heading", { name: "Shared cloth has version 2" })).toBeVisible();
	const merge = page.getByRole("complementary", { name: "Merge" });
	await expect(merge.getByRole("button", { name: "Save merged" })).toBeDisabled();
	await merge.getByRole("radio", { name: /Weaving anew/ }).click();
	await expect(merge.getByRole("button", { name: "Save merged" })).toBeDisabled();
	await merge.getByRole("radio", { name: /Our twin/ }).click();
	await merge.getByRole("button", { name: "Save merged" }).click();
	await expect(step(page, "Weave")).toContainText("Weaving anew");
	await expect(step(page, "Weave 2")).toContainText("Our twin");
	await expect(page.getByRole("link", { name: "A newer version exists" })).toHaveCount(0);
});

test("what a member publishes with a run of it is approved, played by a stranger on a phone, and kept when it changes", async ({
	page,
	browser,
}) => {
	await signUp(page, "Paula Publisher");
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
	const source = page.url();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await page.goto(source);
	const dialog = await openPublishing(page, "Shared cloth");
	await expect(dialog.getByRole("combobox", { name: "Sample run" })).toContainText("Run 1 · Completed");
	await dialog.getByRole("button", { name: "What this sends" }).click();
	const preview = page.getByRole("dialog", { name: "What this sends" });
	await expect(preview.getByText(/run\.completed/)).toBeVisible();
	await expect(preview).not.toContainText("Paula");
	await preview.getByRole("button", { name: "Back" }).click();
	await dialog.getByRole("switch", { name: /For everybody on this server/ }).click();
	await dialog.getByRole("button", { name: "Publish" }).click();
	await expect(page.getByRole("heading", { name: "Shared cloth", exact: true })).toBeVisible();
	const slug = new URL(page.url()).pathname.split("/").at(-1);

	const administrator = await (await browser.newContext()).newPage();
	await makeAdministrator(await signUp(administrator, "Ada Administrator"));
	await administrator.getByRole("link", { name: "Templates", exact: true }).first().click();
	const waiting = administrator.getByRole("status").filter({ hasText: "Waiting for your approval" });
	await waiting
		.getByRole("link", { name: /Shared cloth/ })
		.last()
		.click();
	await administrator.getByRole("button", { name: "Play a sample run" }).click();
	await administrator.getByRole("button", { name: "Approve" }).click();
	await expect(administrator.getByText("Everybody sees it now")).toBeVisible();

	const stranger = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
	await stranger.goto(`/templates/${slug}`);
	await stranger.getByRole("button", { name: "Play a sample run" }).click();
	await expect(stranger.getByRole("region", { name: "Sample run" }).getByText("Completed")).toBeVisible();

	await page.goto(source);
	await writeComment(page, "Weave", "Weaving anew");
	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Publish v2" }).click();
	await expect(page.getByRole("banner")).toContainText("v2 published");
	const second = await openPublishing(page, "Shared cloth");
	await expect(second.getByRole("switch", { name: /For everybody on this server/ })).toBeChecked();
	await second.getByLabel("What is new").fill("Another thread");
	await second.getByRole("button", { name: "Publish" }).click();
	await expect(page.getByText("Another thread")).toBeVisible();
	await page.getByRole("link", { name: "Version 1" }).click();
	await expect(page.getByText("You are looking at version 1.")).toBeVisible();
	await expect(page.getByRole("button", { name: "Play a sample run" })).toBeVisible();
	await page.getByRole("link", { name: "What has changed since" }).click();
	await expect(page.getByRole("region", { name: "Changes" }).getByText("Weave")).toBeVisible();

	await stranger.reload();
	await expect(stranger.getByText("version 1", { exact: true })).toBeVisible();
	await expect(stranger.getByText("Another thread")).toHaveCount(0);

	await administrator.getByRole("link", { name: "Inbox 1 unread" }).click();
	await administrator.getByRole("link", { name: /asks you to show version 2 of Shared cloth/ }).click();
	await administrator.getByRole("button", { name: "Decline" }).click();
	await expect(administrator.getByRole("heading", { name: "Templates" })).toBeVisible();
	await page.getByRole("link", { name: /^Inbox \d unread/ }).click();
	await page.getByRole("link", { name: "Unread: Version 2 of Shared cloth was declined for everybody" }).click();
	await expect(page.getByText(/declined to show version 2 to everybody: everybody else sees version 1/)).toBeVisible();
});

/** Another step like Weave, which is called the same wherever it is added. */
async function addTwin(page: Page, text: string): Promise<void> {
	await selectStep(page, "Weave");
	await step(page, "Weave").press("ControlOrMeta+d");
	await expect(page.getByLabel("Name of the step")).toHaveValue("Weave 2");
	await page.getByLabel("Comment", { exact: true }).fill(text);
	await expectSaved(page);
}

async function makeAdministrator(email: string): Promise<void> {
	await inDatabase((sql) => sql`update users set is_administrator = true where email = ${email}`);
}

async function publishAsTemplate(page: Page, workflow: string): Promise<void> {
	const dialog = await openPublishing(page, workflow);
	await dialog.getByRole("button", { name: "Publish" }).click();
	await expect(page.getByRole("heading", { name: workflow, exact: true })).toBeVisible();
}

/** The dialog that publishes, with this workflow chosen in it. */
async function openPublishing(page: Page, workflow: string): Promise<Locator> {
	const { origin, pathname } = new URL(page.url());
	await page.goto(`${origin}/${pathname.split("/")[1]}/templates`);
	await page.getByRole("button", { name: "Publish a workflow" }).click();
	const dialog = page.getByRole("dialog", { name: "Publish a workflow as a template" });
	await dialog.getByRole("combobox", { name: "Workflow" }).click();
	await page.getByRole("option", { name: workflow, exact: true }).click();
	return dialog;
}
