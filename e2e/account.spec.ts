import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { seriousViolations } from "./barriers";
import { test } from "./test";
import { signUp } from "./weft";

const PASSWORD = "correct horse battery";
const NEW_PASSWORD = "staple battery horse";

test("a changed password ends other sessions under their eyes, and a link sets another one, once", async ({
	page,
	browser,
}) => {
	const email = await signUp(page, "Ada Account");
	const other = await (await browser.newContext()).newPage();
	await signIn(other, email, PASSWORD);
	await openEditor(other);

	await openAccount(page);
	await expect(page.getByRole("listitem", { name: /Chrom.* on Linux/ })).toHaveCount(2);
	await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
	await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
	await page.getByRole("button", { name: "Change password" }).click();
	await expect(page.getByText("Your password is changed")).toBeVisible();
	await expect(page.getByRole("listitem", { name: /Chrom.* on Linux/ })).toHaveCount(1);
	await expect(other.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();

	const link = await makeResetLink(email);
	const lost = await (await browser.newContext()).newPage();
	await lost.goto(link);
	await lost.reload();
	await lost.getByLabel("Password", { exact: true }).fill(PASSWORD);
	await lost.getByRole("button", { name: "Set password and sign in" }).click();
	await expect(lost.getByRole("heading", { name: "Workflows" })).toBeVisible();
	await page.reload();
	await expect(page).toHaveURL(/\/sign-in/);
	await page.goto(link);
	await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
	await page.getByRole("link", { name: "Ask for a new link" }).click();
	await expect(page.getByText("This server sends no e-mail.", { exact: false })).toBeVisible();
});

test("a profile goes along to another browser", async ({ page, browser }) => {
	const email = await signUp(page, "Petra Profile");
	await openAccount(page);
	await page.getByLabel("Initials").fill("ZZ");
	await page.getByLabel("Time zone").fill("Asia/Tokyo");
	await page.getByRole("button", { name: "Save profile" }).click();
	await expect(page.getByText("Your profile is saved")).toBeVisible();
	await page.getByRole("radio", { name: "Dark" }).click();
	await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
	expect(await seriousViolations(page)).toEqual([]);

	const other = await (await browser.newContext({ colorScheme: "light" })).newPage();
	await signIn(other, email, PASSWORD);
	await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
	await expect(other.getByText("ZZ").first()).toBeVisible();
});

test("an account is deleted once its address is typed, and nobody signs in with it again", async ({ page }) => {
	const email = await signUp(page, "Dora Deleted");
	await openAccount(page);
	await page.getByRole("button", { name: "Delete account" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete your account?" });
	await expect(dialog.getByText("Dora Deleted’s team")).toBeVisible();
	await expect(dialog.getByRole("button", { name: "Delete account" })).toBeDisabled();
	await dialog.getByLabel(`Type ${email} to confirm`).fill(email);
	await dialog.getByRole("button", { name: "Delete account" }).click();
	await expect(page.getByRole("heading", { name: /It finishes/ })).toBeVisible();
	await page.goto("/sign-in");
	await fillSignIn(page, email, PASSWORD);
	await expect(page.getByText("Wrong e-mail or password.")).toBeVisible();
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.goto("/sign-in");
	await fillSignIn(page, email, password);
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
}

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function openAccount(page: Page): Promise<void> {
	await page.getByRole("button", { name: /, account$/ }).click();
	await page.getByRole("menuitem", { name: "Account" }).click();
	await expect(page.getByRole("region", { name: "Sessions" })).toBeVisible();
}

/** A page with a stream open. */
async function openEditor(page: Page): Promise<void> {
	await page.getByRole("link", { name: "First light" }).first().click();
	await expect(page.getByRole("button", { name: /^Run v\d/ })).toBeVisible();
}

/** As the administrator does on the server's machine. */
async function makeResetLink(email: string): Promise<string> {
	const weft = join(import.meta.dirname, "../server/cli/weft.mjs");
	const env = { ...process.env, WEFT_DATA_DIR: process.env.WEFT_E2E_DATA, PORT: process.env.WEFT_E2E_PORT };
	const { stdout } = await promisify(execFile)(process.execPath, [weft, "admin", "reset-link", email], { env });
	return stdout.trim().split("\n").at(-1) ?? "";
}
