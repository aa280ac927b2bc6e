import { expect, type Page } from "@playwright/test";
import { test } from "./test";

// A form that is sent before the page's script has come, or where there is none, does the same.
test.use({ javaScriptEnabled: false });

const PASSWORD = "correct horse battery";

test("signing up and in works without JavaScript, and a refusal keeps what was typed", async ({ page, context }) => {
	const email = `plain-${Date.now()}@example.com`;
	await page.goto("/");
	await page.getByRole("link", { name: "Create account" }).first().click();
	await page.getByLabel("Name").fill("Plain Person");
	await page.getByLabel("E-mail").fill(email);
	await sendPassword(page, "short", "Create account");
	await expect(page.getByText("Use at least ten characters for the password.")).toBeVisible();
	await expect(page.getByLabel("Name")).toHaveValue("Plain Person");
	await expect(page.getByLabel("E-mail")).toHaveValue(email);
	await sendPassword(page, PASSWORD, "Create account");
	await expect(page).toHaveURL(/\/plain-person[^/]*\/workflows$/);
	const path = new URL(page.url()).pathname.replace("workflows", "settings/workers");

	await context.clearCookies();
	await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
	await page.getByLabel("E-mail").fill(email);
	await sendPassword(page, "wrong horse battery", "Sign in");
	await expect(page.getByText("Wrong e-mail or password")).toBeVisible();
	await expect(page.getByLabel("E-mail")).toHaveValue(email);
	await sendPassword(page, PASSWORD, "Sign in");
	await expect(page).toHaveURL(path);
});

test("the demo opens without JavaScript", async ({ page }) => {
	await page.goto("/");
	await page.getByRole("button", { name: "Try the demo" }).click();
	await expect(page).toHaveURL(/\/demo\/workflows$/);
});

async function sendPassword(page: Page, password: string, button: string): Promise<void> {
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: button, exact: true }).click();
}
