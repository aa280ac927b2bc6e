import { expect, type Page } from "@playwright/test";
import {
	cutOff,
	expectComment,
	expectSaved,
	holdSaves,
	isSave,
	savingState,
	selectStep,
	writeComment,
} from "./drawing";
import { test } from "./test";
import { chooseCommand, importWorkflow, runButton, signInAsDemo, startBlank, step } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
	// What comes after the drawing is there as well: nothing more is needed of the network.
	await expect(runButton(page)).toBeVisible();
});

test("edits made offline survive the closed tab and are saved when the workflow is opened again", async ({
	page,
	context,
}) => {
	const address = page.url();
	await context.setOffline(true);
	await writeComment(page, "Weave", "Weaving without a net");
	await expect(savingState(page, "Offline, kept in this browser")).toBeVisible();
	await writeComment(page, "Part", "Good night from the train");
	await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);

	await context.setOffline(false);
	const again = await context.newPage();
	await again.goto(address);
	await expect(step(again, "Weave")).toContainText("Weaving without a net");
	await expectSaved(again);
	await expectAnywhere(again, { Weave: "Weaving without a net", Part: "Good night from the train" });
});

test("a tab that stays open saves by itself when the network is back", async ({ page, context }) => {
	await context.setOffline(true);
	await writeComment(page, "Weave", "Weaving in a tunnel");
	await expect(savingState(page, "Offline, kept in this browser")).toBeVisible();
	await page.keyboard.press("Escape");
	await page.keyboard.press("ControlOrMeta+z");
	await page.keyboard.press("ControlOrMeta+Shift+z");
	await context.setOffline(false);
	await expectSaved(page);
	await expectAnywhere(page, { Weave: "Weaving in a tunnel" });
});

test("while the server does not answer the edits go on, and a reload keeps them", async ({ page }) => {
	const answerAgain = await cutOff(page);
	await writeComment(page, "Weave", "Weaving for nobody");
	await expect(savingState(page, "Offline, kept in this browser")).toBeVisible();
	await page.reload();
	await expect(step(page, "Weave")).toContainText("Weaving for nobody");
	await expect(savingState(page, "Offline, kept in this browser")).toBeVisible();
	await answerAgain();
	await writeComment(page, "Part", "Good night all the same");
	await expectSaved(page);
	await expectAnywhere(page, { Weave: "Weaving for nobody", Part: "Good night all the same" });
});

test("a save whose answer is lost is made once, and meets no conflict with itself", async ({ page }) => {
	await page.route(/workflows\.saveDraft/, async (route) => {
		await route.fetch();
		await route.abort();
	});
	await writeComment(page, "Weave", "Weaving twice?");
	await expect(savingState(page, "Offline, kept in this browser")).toBeVisible();
	await page.unroute(/workflows\.saveDraft/);
	await writeComment(page, "Part", "Good night, once");
	await page.keyboard.press("ControlOrMeta+s");
	await expectSaved(page);
	await expectAnywhere(page, { Weave: "Weaving twice?", Part: "Good night, once" });
});

test("a reload in the middle of typing loses no letter", async ({ page }) => {
	await selectStep(page, "Weave");
	const text = "Weaving and weaving and weaving until the very last letter";
	await page.getByLabel("Comment", { exact: true }).fill("");
	await page.getByLabel("Comment", { exact: true }).pressSequentially(text);
	await page.reload();
	await expect(step(page, "Weave")).toBeVisible();
	await expectComment(page, "Weave", text);
	await expectSaved(page);
});

test("two tabs of the same person edit different steps at once and both stay", async ({ page, context }) => {
	const other = await context.newPage();
	await other.goto(page.url());
	await expectSaved(other);
	await Promise.all([
		writeComment(page, "Greet", "Good morning from the first tab"),
		writeComment(other, "Part", "Good night from the second tab"),
	]);
	for (const tab of [page, other]) {
		await expect(step(tab, "Greet")).toContainText("Good morning from the first tab");
		await expect(step(tab, "Part")).toContainText("Good night from the second tab");
		await expectSaved(tab);
	}
});

test("a tab is asked when another one of the same person changed the same field", async ({ page, context }) => {
	const other = await context.newPage();
	await other.goto(page.url());
	await expectSaved(other);
	const release = await holdSaves(other);
	await writeComment(other, "Weave", "From the second tab");
	await writeComment(page, "Weave", "From the first tab");
	await expectSaved(page);
	release();
	await other.getByRole("button", { name: "Merge", exact: true }).click();
	const merge = other.getByRole("complementary", { name: "Merge" });
	await expect(merge.getByRole("radio", { name: "This tab: From the second tab" })).toBeVisible();
	await merge.getByRole("radio", { name: "Your other tab: From the first tab" }).click();
	await merge.getByRole("button", { name: "Save merged" }).click();
	await expectSaved(other);
	await expectAnywhere(other, { Weave: "From the first tab" });
});

test("offline a page that is open stays, and what is asked for says why it waits and is done later", async ({
	page,
	context,
}) => {
	await page.getByRole("link", { name: "All workflows" }).click();
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
	await context.setOffline(true);
	await startBlank(page);
	await expect(page.getByText("You are offline. This will be done when the connection is back.")).toBeVisible();
	await expect(page.getByRole("link", { name: "First light" }).first()).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
});

const PAGE_WAITS = "No connection to Weft. The page opens when it is back.";

test("offline a command that leads elsewhere says why the page waits, and it opens when the connection is back", async ({
	page,
	context,
}) => {
	const address = page.url();
	await untilMessagesCanShow(page);
	await context.setOffline(true);
	await chooseCommand(page, "All workflows");
	await expect(page.getByText(PAGE_WAITS)).toBeVisible();
	expect(page.url()).toBe(address);
	await expect(step(page, "Weave")).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
});

test("a link waits in the same way while the server is away and the browser believes to be online", async ({
	page,
}) => {
	const address = page.url();
	await untilMessagesCanShow(page);
	await page.route("**/*", (route) => route.abort());
	await page.getByRole("link", { name: "All workflows" }).click();
	await expect(page.getByText(PAGE_WAITS)).toBeVisible();
	expect(page.url()).toBe(address);
	await page.unroute("**/*");
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
});

/** What shows messages is loaded after the page. */
async function untilMessagesCanShow(page: Page): Promise<void> {
	await expect(page.getByRole("region", { name: /^Notifications/ })).toBeAttached();
}

test("when the session has ended one signs in again in place, and the edit is kept and saved", async ({
	page,
	context,
}) => {
	const address = page.url();
	// Without a session whatever the page asks for next brings the dialog, and nothing more is typed: the edit comes first.
	const release = await holdSaves(page);
	await writeComment(page, "Weave", "Weaving after hours");
	await context.clearCookies({ name: /^weft\.session/ });
	const refused = page.waitForResponse((response) => isSave(response.url()) && response.status() === 401);
	release();
	await refused;
	const dialog = page.getByRole("dialog", { name: "Your session has ended" });
	await expect(dialog).toContainText("your edits are kept in this browser");
	await dialog.getByRole("button", { name: "Sign in as Demo again" }).click();
	await expect(dialog).toHaveCount(0);
	await expectSaved(page);
	expect(page.url()).toBe(address);
	await expectAnywhere(page, { Weave: "Weaving after hours" });
});

/** On the canvas of this tab, and of one that is opened anew. */
async function expectAnywhere(page: Page, comments: Readonly<Record<string, string>>): Promise<void> {
	const fresh = await page.context().newPage();
	await fresh.goto(page.url());
	for (const tab of [page, fresh]) {
		for (const [name, text] of Object.entries(comments)) await expect(step(tab, name)).toContainText(text);
	}
}
