import { expect, test } from "@playwright/test";
import { signInAsDemo, signUp } from "./weft";

test("somebody of another team finds nothing of this one", async ({ page, browser }) => {
	await signInAsDemo(page);
	const own = page.url();
	const stranger = await (await browser.newContext()).newPage();
	await signUp(stranger, "Stella Stranger");
	await expect(stranger.getByText("First light").first()).toBeVisible();
	await stranger.goto(own);
	await expect(stranger.getByText(/not found|no such|There is no/i).first()).toBeVisible();
});

test("a browser is known to have signed somebody in, and an address of another site is no way out", async ({
	page,
	context,
}) => {
	await signUp(page, "Dora Device");
	expect((await context.cookies()).find(({ name }) => name === "weft.device")).toMatchObject({ httpOnly: true });
	await page.goto("/sign-in?next=/.//evil.example");
	await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/[^/]+\/workflows$/);
});

test("a page asks for signing in and leads back to it", async ({ page }) => {
	await page.goto("/demo/workflows/first-light");
	await expect(page).toHaveURL(/sign-in/);
	await page.getByRole("button", { name: /Try it/ }).click();
	await expect(page).toHaveURL(/\/demo\/workflows\/first-light/);
});

test("a wrong password says so without saying which part was wrong", async ({ page }) => {
	await page.goto("/sign-in");
	await page.getByLabel("E-mail").fill("nobody@example.com");
	await page.getByLabel("Password", { exact: true }).fill("not the password");
	await page.getByRole("button", { name: "Sign in", exact: true }).click();
	await expect(page.getByText("Wrong e-mail or password.")).toBeVisible();
});
