import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runButton, signUp, step } from "./weft";

test("a team is renamed while two others have its pages open, and every address from before leads on", async ({
	page,
	browser,
}) => {
	await signUp(page, "Rita Owner");
	await importWorkflow(page, "shared.workflow.yml");
	await expect(step(page, "Greet")).toBeVisible();
	const workflow = page.url();
	const [, former = "", path = ""] = /\/([^/]+)(\/workflows\/.*)$/.exec(workflow) ?? [];
	const settings = workflow.replace(path, "/settings");
	const link = await inviteTwo(page, `${settings}/members`);
	const [editor, reader] = [await join(browser, "Eda Editor", link), await join(browser, "Theo Third", link)];
	await editor.goto(workflow);
	await expect(editor.getByRole("button", { name: "Publish" })).toBeVisible();
	await reader.goto(`${settings}/members`);
	await expect(reader.getByText("Theo Third").first()).toBeVisible();

	const name = `Night shift ${Date.now()}`;
	const slug = name.toLowerCase().replaceAll(" ", "-");
	await page.goto(`${settings}/general`);
	await page.getByRole("button", { name: "Rename" }).click();
	await page.getByRole("textbox", { name: "Name" }).fill("Sign in");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("The address sign-in is used by Weft itself. Choose another one.")).toBeVisible();
	await page.getByRole("textbox", { name: "Name" }).fill(name);
	await expect(page.getByLabel("Address")).toHaveValue(slug);
	await expect(page.getByText(`Links with …/${former} lead there.`)).toBeVisible();
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page).toHaveURL(new RegExp(`/${slug}/settings/general$`));
	await expect(page.getByText(`Links with /${former} lead here too`)).toBeVisible();

	await expect(editor).toHaveURL(new RegExp(`/${slug}${path}$`));
	await editor.getByRole("button", { name: "Shared cloth", exact: true }).click();
	await editor.getByLabel("Name of the workflow").fill("Greeting round");
	await editor.keyboard.press("Enter");
	await expect(editor.getByRole("button", { name: "Greeting round", exact: true })).toBeVisible();
	await expect(runButton(editor)).toBeVisible();
	await expect(reader).toHaveURL(new RegExp(`/${slug}/settings/members$`));
	await expect(reader.getByRole("button", { name: new RegExp(`^${name} ?, teams$`) })).toBeVisible();

	await reader.goto(`${workflow}?from=mail`);
	await expect(step(reader, "Greet")).toBeVisible();
	await expect(reader).toHaveURL(new RegExp(`/${slug}${path}\\?from=mail$`));
	await reader.context().clearCookies();
	await reader.goto(`${workflow}?from=mail`);
	await expect(reader).toHaveURL(new RegExp(`/sign-in\\?next=${encodeURIComponent(`/${former}${path}?from=mail`)}$`));
	await Promise.all([editor, reader].map((each) => each.context().close()));
});

async function inviteTwo(page: Page, members: string): Promise<string> {
	await page.goto(members);
	await page.getByRole("button", { name: "Invite people" }).click();
	await page.getByLabel("Number of people").fill("2");
	await page.getByRole("button", { name: "Create invitation" }).click();
	return await page.getByRole("textbox", { name: "Link" }).inputValue();
}

/** Somebody with a browser and an account of their own, who takes up an invitation. */
async function join(browser: Browser, name: string, link: string): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await signUp(page, name);
	await page.goto(link);
	await page.getByRole("button", { name: /^Join / }).click();
	await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
	return page;
}
