import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { signInAsDemo } from "./weft";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const PAGES = ["General", "Members", "Credentials", "Share links", "When runs fail", "Audit log", "Account", "Workers"];

test("each page of the settings fits a phone, and its name stays in view among the others", async ({ page }) => {
	await signInAsDemo(page);
	await page.goto("/demo/settings/general");
	const pages = page.getByRole("navigation", { name: "Settings" });
	for (const name of PAGES) {
		await pages.getByRole("link", { name }).click();
		await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
		await expect(pages.getByRole("link", { name })).toBeInViewport({ ratio: 1 });
		await expect.poll(() => roomTaken(page)).toEqual({ width: 390, height: 844 });
	}
});

/** Of the whole page: what it shows scrolls inside it. */
function roomTaken(page: Page): Promise<{ width: number; height: number }> {
	return page.evaluate(() => ({
		width: document.documentElement.scrollWidth,
		height: document.documentElement.scrollHeight,
	}));
}
