import { expect, type Locator, type Page } from "@playwright/test";
import { step } from "./weft";

/** What is said of a step on the canvas holds its name alone, however the rest of it is put. */
export async function selectStep(page: Page, name: string): Promise<void> {
	await step(page, name).click();
	await expect(page.getByLabel("Name of the step")).toHaveValue(name);
}

/** Writes the text of a comment step into its form. */
export async function writeComment(page: Page, name: string, text: string): Promise<void> {
	await selectStep(page, name);
	await page.getByLabel("Comment", { exact: true }).fill(text);
}

/** Reads the text of a comment step from its form. */
export async function expectComment(page: Page, name: string, text: string): Promise<void> {
	await selectStep(page, name);
	await expect(page.getByLabel("Comment", { exact: true })).toHaveText(text);
}

/** Where the draft stands, in the top bar. */
export function savingState(page: Page, said: string | RegExp): Locator {
	return page.getByRole("banner").getByText(said).last();
}

/** The server has every edit. */
export async function expectSaved(page: Page): Promise<void> {
	await expect(savingState(page, /^Saved · revision \d+$/)).toBeVisible();
}

const SAVES = /workflows\.saveDraft/;

/** Whether a request to this address saves a draft. */
export function isSave(address: string): boolean {
	return SAVES.test(address);
}

/** Keeps what this page saves from the server until it is released, as a slow connection does. */
export async function holdSaves(page: Page): Promise<() => void> {
	let release = () => {};
	const released = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route(SAVES, async (route) => {
		await released;
		await route.continue();
	});
	return release;
}

/** Lets no save of this page reach the server until it answers again. */
export async function cutOff(page: Page): Promise<() => Promise<void>> {
	await page.route(SAVES, (route) => route.abort());
	return () => page.unroute(SAVES);
}
