import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
import { openWorkflow, runButton, runState, signInAsDemo, startRun, step } from "./weft";

interface Violation {
	id: string;
	impact: string | null;
	help: string;
	nodes: string[];
}

/** Serious and critical violations of the page as it stands. */
async function seriousViolations(page: Page): Promise<Violation[]> {
	const found = await page.evaluate(`${axe.source}; axe.run(document).then((r) => r.violations.map((v) => ({
		id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 200)) })))`);
	return readViolations(found).filter(({ impact }) => impact === "serious" || impact === "critical");
}

/** What axe reports, through the browser's JSON. */
function readViolations(value: unknown): Violation[] {
	return value as Violation[];
}

for (const colorScheme of ["light", "dark"] as const) {
	test(`no page has a serious barrier, in the ${colorScheme} theme`, async ({ browser }) => {
		const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
		const page = await context.newPage();
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
		await context.close();
	});
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
