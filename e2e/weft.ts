import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Cookie, expect, type Locator, type Page } from "@playwright/test";
import { inDatabase } from "./database";

/** Of the demo user, once somebody has signed in in this process. */
let session: Cookie[] = [];

/** Signs in as the demo user: the first time in one click, as a newcomer does, then with what that left in the browser. */
export async function signInAsDemo(page: Page): Promise<void> {
	if (session.length === 0) return await tryIt(page);
	await page.context().addCookies(session);
	await page.goto("/demo/workflows");
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible({ timeout: 30_000 });
}

/** From the page for signing in, in one click. */
export async function tryIt(page: Page): Promise<void> {
	await page.goto("/sign-in");
	await page.getByRole("button", { name: /Try it/ }).click();
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible({ timeout: 30_000 });
	session = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
}

/** Makes an account, which comes with a team of its own; returns its address. */
export async function signUp(page: Page, name: string): Promise<string> {
	await page.goto("/sign-in");
	await page.getByRole("link", { name: "Create one" }).click();
	const email = await fillInAccount(page, name);
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
	return email;
}

/** The form for a new account, where it is open; arrives where it leads. */
export async function fillInAccount(page: Page, name: string): Promise<string> {
	const email = `${name.toLowerCase().replaceAll(" ", ".")}-${Date.now()}@example.com`;
	// Everybody in these tests comes from one address, which makes only so many accounts in an hour.
	await inDatabase((sql) => sql`delete from rate_limits where key like 'sign-up-address:%'`);
	await page.getByLabel("Name").fill(name);
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
	await page.getByRole("button", { name: "Create account" }).last().click();
	return email;
}

export async function openWorkflow(page: Page, name: string): Promise<void> {
	await page.getByRole("link", { name }).first().click();
	await expect(runButton(page)).toBeVisible();
}

/** A new workflow from the list; arrives at its empty canvas. */
export async function createWorkflow(page: Page): Promise<void> {
	await startBlank(page);
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Publish" })).toBeVisible();
}

/** From the list: New workflow, then an empty canvas. */
export async function startBlank(page: Page): Promise<void> {
	await page.getByRole("button", { name: "New workflow" }).first().click();
	await page.getByRole("option", { name: "Blank canvas" }).click();
}

/** Publishes the draft as it is, without a note. */
export async function publish(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Publish", exact: true }).click();
	await page
		.getByRole("dialog")
		.getByRole("button", { name: /^Publish/ })
		.click();
	await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** The one of a workflow's page that runs what is published: in the top bar, on a phone at the bottom. */
export function runButton(page: Page): Locator {
	return page.getByRole("button", { name: /^Run v\d/ });
}

/** Presses Run on a workflow's page, leaves its form as it is, and arrives at the run's page. */
export async function startRun(page: Page): Promise<void> {
	await runButton(page).click();
	await confirmStart(page, /^Run/);
}

/** Sends the form if there is one, and arrives at the run's page. */
async function confirmStart(page: Page, name: RegExp): Promise<void> {
	const confirm = page.getByRole("dialog").getByRole("button", { name });
	// Without inputs there is no form; a quick run has ended by the time its page is there.
	await expect.poll(async () => isRun(page) || (await confirm.isVisible())).toBe(true);
	if (await confirm.isVisible()) await confirm.click();
	await page.waitForURL(RUN);
}

const RUN = /\/runs\/\d+/;

function isRun(page: Page): boolean {
	return RUN.test(page.url());
}

/** A workflow of `fixtures/plans`, pasted into the import dialog; arrives at its page. */
export async function importWorkflow(page: Page, fixture: string): Promise<void> {
	await page.getByRole("button", { name: "Import YAML" }).click();
	const dialog = page.getByRole("dialog", { name: "Import a workflow" });
	await dialog.getByLabel("YAML").fill(readFixture(fixture));
	await dialog.getByRole("button", { name: "Import", exact: true }).click();
}

/** An action of the editor, from the command palette. */
export async function chooseCommand(page: Page, name: string): Promise<void> {
	await page.keyboard.press("ControlOrMeta+k");
	await page.getByRole("combobox").last().fill(name);
	await page.keyboard.press("Enter");
}

/** A step on the canvas, with what is said of it: "Weave red, Shell, completed in 3.4 s, attempt 2 of 3". */
export function step(page: Page, name: string, said = ""): Locator {
	return page.getByRole("button", { name: new RegExp(`^${name}, .*${said}`) });
}

/** The state of the whole run, in the top bar. */
export function runState(page: Page, state: string): Locator {
	return page.getByRole("banner").getByText(state, { exact: true });
}

export function readFixture(name: string): string {
	return readFileSync(join(import.meta.dirname, "fixtures/plans", name), "utf8");
}

/** The panel of the selected step: in the editor its form and its tries, on a run what became of it. */
export function stepPanel(page: Page): Locator {
	return page.getByRole("complementary", { name: "Step", exact: true });
}

/** Selects a step of the editor and opens one of its tabs. */
export async function openStep(page: Page, name: string, tab = "Configure"): Promise<Locator> {
	await step(page, name).click();
	const panel = stepPanel(page);
	await panel.getByRole("tab", { name: tab }).click();
	return panel;
}

/** Runs the draft as it is, with its inputs as they are filled in, and arrives at the run's page once it has ended. */
export async function testDraft(page: Page): Promise<void> {
	await expect(page.getByRole("banner").getByRole("button", { name: /^Test/ })).toBeEnabled();
	await chooseCommand(page, "Test the draft");
	await confirmStart(page, /^Test/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
}

/** From a run's page back to the workflow it is of. */
export async function backToEditor(page: Page): Promise<void> {
	await page.goto(page.url().replace(/\/runs\/\d+.*$/, ""));
	await expect(page.getByRole("banner").getByRole("button", { name: /^Test/ })).toBeEnabled();
}

/** Somebody without an account, in a browser of their own. */
export async function strangerAt(
	browser: Browser,
	link: string,
	viewport: { width: number; height: number },
): Promise<Page> {
	const context = await browser.newContext({ viewport });
	const guest = await context.newPage();
	await guest.goto(link);
	return guest;
}
