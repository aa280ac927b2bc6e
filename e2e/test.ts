import { test as base } from "@playwright/test";

/** As Playwright's, but the browsers that a test opens for others are closed with it: they would go on asking the server. */
export const test = base.extend<{ closeOthers: undefined }>({
	closeOthers: [
		async ({ browser, context }, use) => {
			await use(undefined);
			for (const other of browser.contexts()) if (other !== context) await other.close();
		},
		{ auto: true },
	],
});
