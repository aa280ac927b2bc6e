import { expect, type Page } from "@playwright/test";
import { test } from "./test";
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

test("no cache keeps what somebody is answered, and the server fetches no picture for anybody", async ({ page }) => {
	await signInAsDemo(page);
	const answer = await page.request.get("/api/trpc/viewer.me");
	expect(answer.headers()["cache-control"]).toBe("private, no-store");
	const picture = encodeURIComponent("/templates/site-uptime/picture.png");
	expect((await page.request.get(`/_next/image?url=${picture}&w=640&q=75`)).status()).toBe(404);
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

test("the form for a new account opens from the landing page and says in words what is missing", async ({ page }) => {
	await page.goto("/");
	await page.getByRole("link", { name: "Create account" }).first().click();
	await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
	const create = page.getByRole("button", { name: "Create account" });
	await create.click();
	await expect(page.getByText("Enter your name.")).toBeVisible();
	await expect(page.getByText("Enter an e-mail address, such as ada@example.com.")).toBeVisible();
	await expect(page.getByText("Use at least ten characters for the password.")).toBeVisible();
	await expect(page.getByLabel("Name")).toBeFocused();

	await page.getByLabel("Name").fill("Lena Landing");
	await expect(page.getByText("Enter your name.")).toHaveCount(0);
	await page.getByLabel("E-mail").fill("lena.landing@");
	await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
	await create.click();
	await expect(page.getByLabel("E-mail")).toBeFocused();
	await page.getByLabel("E-mail").fill("lena.landing@example.com");
	const blanks = await countBlanks(page);
	await create.click();
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
	expect(await blanks()).toBe(0);
});

test("signed in again with a password, a page goes on where it was", async ({ page, context }) => {
	await signUp(page, "Selma Session");
	await context.clearCookies({ name: /^weft\.session/ });
	// Something else on the page may have been refused already, and the dialog stand in front.
	const create = page.getByRole("button", { name: "New workflow", includeHidden: true }).first();
	await expect(create).toBeEnabled();
	await create.dispatchEvent("click");
	const dialog = page.getByRole("dialog", { name: "Your session has ended" });
	await dialog.getByLabel("Password", { exact: true }).fill("not the password");
	await dialog.getByRole("button", { name: "Sign in again" }).click();
	await expect(dialog.getByText("Wrong e-mail or password.")).toBeVisible();
	await dialog.getByLabel("Password", { exact: true }).fill("correct horse battery");
	await dialog.getByRole("button", { name: "Sign in again" }).click();
	await expect(dialog).toHaveCount(0);
	await page.getByRole("option", { name: "Blank canvas" }).click();
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
});

/** Watches whether a page is ever without a word; answers how often, up to now. */
async function countBlanks(page: Page): Promise<() => Promise<number>> {
	const counter = await page.evaluateHandle(() => {
		const seen = { blanks: 0 };
		new MutationObserver(() => {
			if (!document.body.checkVisibility() || !document.querySelector("h1, form")) seen.blanks++;
		}).observe(document.body, { childList: true, subtree: true });
		return seen;
	});
	return async () => await counter.evaluate(({ blanks }) => blanks);
}
