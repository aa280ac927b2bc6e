import { type Browser, expect, type Page } from "@playwright/test";
import { seriousViolations } from "./barriers";
import { test } from "./test";
import { chooseCommand, createWorkflow, openWorkflow, runButton, runState, signInAsDemo, startRun, step } from "./weft";

// Each check reads the whole page: a busy machine needs more than the usual minute for a row of them.
test.slow();

for (const colorScheme of ["light", "dark"] as const) {
	test(`no page has a serious barrier, in the ${colorScheme} theme`, async ({ browser }) => {
		const page = await openPage(browser, colorScheme);
		await page.goto("/");
		expect(await seriousViolations(page)).toEqual([]);
		await page.goto("/sign-in");
		expect(await seriousViolations(page)).toEqual([]);
		await signInAsDemo(page);
		expect(await seriousViolations(page)).toEqual([]);
		await openWorkflow(page, "First light");
		expect(await seriousViolations(page)).toEqual([]);
		await startRun(page);
		await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
		await step(page, "Weave red").click();
		expect(await seriousViolations(page)).toEqual([]);
		await page.goto("/demo/settings/credentials");
		await expect(page.getByRole("heading", { name: "Credentials" }).first()).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.context().close();
	});

	test(`drawing has no serious barrier from the empty canvas on, in the ${colorScheme} theme`, async ({ browser }) => {
		const page = await openPage(browser, colorScheme);
		await signInAsDemo(page);
		await createWorkflow(page);
		expect(await seriousViolations(page)).toEqual([]);
		await page.getByRole("button", { name: "Add the first step" }).click();
		await expect(page.getByRole("option", { name: /^Shell/ })).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.getByRole("option", { name: /^Shell/ }).click();
		await expect(page.getByRole("tabpanel", { name: /Problems/ })).toContainText("Enter the command.");
		await expect(page.getByRole("complementary", { name: "Step" }).getByText("Enter the command.")).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.keyboard.press("ControlOrMeta+k");
		await expect(page.getByRole("option", { name: /^Save now/ })).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.keyboard.press("Escape");
		await page.getByRole("radio", { name: "YAML" }).click();
		await expect(page.getByRole("textbox", { name: /YAML/ })).toContainText("version");
		expect(await seriousViolations(page)).toEqual([]);
		await page.context().close();
	});

	test(`trying, publishing and comparing have no serious barrier, in the ${colorScheme} theme`, async ({ browser }) => {
		const page = await openPage(browser, colorScheme);
		await signInAsDemo(page);
		await openWorkflow(page, "Release checklist");
		await page.getByRole("tab", { name: "Test runs" }).click();
		await expect(page.getByText("No test runs yet")).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await step(page, "Outcome").click();
		for (const tab of ["Try", "Input", "Output"]) {
			await page.getByRole("tab", { name: tab, exact: true }).click();
			expect(await seriousViolations(page)).toEqual([]);
		}
		await chooseCommand(page, "Publish");
		await expect(page.getByText(/nothing to publish/)).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.keyboard.press("Escape");
		await page.getByRole("tab", { name: "Versions" }).click();
		await page.getByRole("button", { name: /^Compare/ }).click();
		await expect(page.getByText("Both do the same.")).toBeVisible();
		expect(await seriousViolations(page)).toEqual([]);
		await page.getByRole("radio", { name: "YAML" }).last().click();
		expect(await seriousViolations(page)).toEqual([]);
		await page.context().close();
	});
}

async function openPage(browser: Browser, colorScheme: "light" | "dark"): Promise<Page> {
	const context = await browser.newContext({ colorScheme });
	return await context.newPage();
}

test("the whole way from the list to a step's output goes without a mouse", async ({ page }) => {
	await signInAsDemo(page);
	await page.getByRole("link", { name: "First light" }).first().focus();
	await page.keyboard.press("Enter");
	await expect(runButton(page)).toBeVisible();
	await page.keyboard.press("Control+Enter");
	await expect(
		page
			.getByRole("dialog")
			.or(page.getByRole("button", { name: "Pause" }))
			.first(),
	).toBeVisible();
	await page.keyboard.press("Control+Enter");
	await page.waitForURL(/\/runs\/\d+/);
	await step(page, "Warm up the loom").focus();
	await page.keyboard.press("ArrowRight");
	await expect(step(page, "Enough thread\\?")).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("complementary", { name: "Step" }).getByRole("heading", { name: "Enough thread?" }),
	).toBeVisible();
});
