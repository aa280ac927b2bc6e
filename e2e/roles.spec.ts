import { expect, type Locator, type Page } from "@playwright/test";
import { inviteTeammate } from "./teammates";
import { test } from "./test";
import { openWorkflow, runState, signInAsDemo, startRun } from "./weft";

test.slow();

test("a viewer is told at every control why not, and who could; as an editor they go on without a reload", async ({
	page,
	browser,
}) => {
	await signInAsDemo(page);
	await openWorkflow(page, "First light");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	const run = page.url();
	const context = await (await inviteTeammate(browser, "Vera Viewer", "viewer")).open();
	const viewer = await context.newPage();
	const button = (name: string | RegExp) => viewer.getByRole("button", { name }).first();
	const link = (name: string) => viewer.getByRole("link", { name }).first();

	await viewer.goto("/demo/workflows");
	await expectReasons([button("Import YAML"), button("New workflow"), button("Run First light")]);
	await viewer.getByRole("button", { name: "More about First light" }).first().click();
	await expectReasons([
		viewer.getByRole("menuitem", { name: "Rename" }),
		viewer.getByRole("menuitem", { name: "Archive" }),
	]);
	await viewer.goto("/demo/workflows/first-light");
	await expectReasons([link("Edit"), button(/^Run/)]);
	await viewer.goto(run);
	await expectReasons([button("Share"), button("Run again")]);
	await viewer.goto("/demo/settings/credentials");
	await expectReasons([button("Add a credential")]);
	await viewer.goto("/demo/settings/members");
	await expectReasons([button("Invite people"), button("Role of Demo user: owner")]);
	await viewer.goto("/demo/settings/general");
	await expectReasons([button("Delete the team")]);
	await viewer.goto("/demo/settings/sharing");
	await expectReasons([viewer.getByRole("switch", { name: /Require a password/ })]);
	await viewer.goto("/demo/templates");
	await expectReasons([button("Publish a workflow")]);
	await viewer.goto("/demo/templates/site-uptime");
	await expectReasons([link("Use this template")]);

	const list = await context.newPage();
	await list.goto("/demo/workflows");
	const create = list.getByRole("button", { name: "New workflow" });
	await expect(create).toHaveAttribute("aria-disabled", "true");
	await viewer.goto("/demo/workflows/first-light");
	await expect(link("Edit")).toBeVisible();
	await giveRole(page, "Vera Viewer", { from: "viewer", to: "Editor" });
	await expect(create).not.toHaveAttribute("aria-disabled");
	await expect(viewer.getByRole("button", { name: "Publish" })).toBeVisible();
	await list.goto(run);
	await expect(list.getByRole("button", { name: "Run again" })).not.toHaveAttribute("aria-disabled");
	await context.close();
});

test("a tap tells why not on a phone", async ({ browser }) => {
	const { open } = await inviteTeammate(browser, "Tara Touch", "viewer");
	const { cookies, origins } = await (await open()).storageState();
	const phone = await browser.newContext({
		storageState: { cookies, origins },
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true,
	});
	const page = await phone.newPage();
	await page.goto("/demo/workflows");
	// What is disabled would be waited for.
	await page.getByRole("button", { name: "New workflow" }).tap({ force: true });
	await expect(page.getByRole("tooltip")).toContainText("to change workflows you need to be editor or above");
	await phone.close();
});

/** Each is reached by the keyboard, and says what the role is, what it would take, and who could do it. */
async function expectReasons(controls: readonly Locator[]): Promise<void> {
	for (const control of controls) {
		await expect(control).toHaveAttribute("aria-disabled", "true");
		const reason = control.page().getByRole("tooltip");
		// The page may still be arriving, and be drawn anew when it knows who could.
		await expect(async () => {
			await control.blur();
			await control.focus();
			await expect(reason).toContainText(/Your role in this team is viewer; to .* you need to be \w+/, {
				timeout: 2_000,
			});
			await expect(reason).toContainText("Demo user", { timeout: 2_000 });
		}).toPass();
	}
}

async function giveRole(page: Page, name: string, { from, to }: { from: string; to: string }): Promise<void> {
	await page.goto("/demo/settings/members");
	await page.getByRole("button", { name: `Role of ${name}: ${from}` }).click();
	await page.getByRole("menuitemradio", { name: to }).click();
	await expect(page.getByRole("button", { name: `Role of ${name}: ${to.toLowerCase()}` })).toBeVisible();
}
