import type { Page } from "@playwright/test";
import { followScripts, sumOf } from "./support/follow-scripts";
import { makeLargePlan } from "./support/large-plan";
import { report } from "./support/report";
import { withEditor } from "./support/with-editor";

/**
 * What a browser that has nothing fetches of JavaScript, in thousands of bytes gzip: `drawn` until the workflow is drawn
 * and can be dragged, `settled` until all that comes by itself after that is there, such as the inspector, and then what
 * each of the editor's parts fetches when it is first opened. With --names the scripts until `drawn` are listed.
 */
const BUDGET = 300;

/** Notes when the steps stood on the canvas. */
const watchDrawing = `
	const look = () => {
		if (document.querySelector("[data-node]")) window.drawnAt = performance.now();
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
`;

/** The scripts that had been asked for by then. */
const scriptsOfDrawing = `performance.getEntriesByType("resource")
	.filter(({ initiatorType, name, startTime }) => /\\.js/.test(name) && initiatorType !== "fetch" && startTime < window.drawnAt)
	.map(({ name }) => name)`;

/** Opens a part, and waits until it is there. */
const PARTS: Record<string, (page: Page) => Promise<void>> = {
	async code(page) {
		await page.locator('[data-node="fetch_0"]').click();
		await page.locator(".cm-content").first().waitFor();
	},
	async commands(page) {
		await page.keyboard.press("ControlOrMeta+k");
		await page.getByRole("combobox").last().waitFor();
		await page.keyboard.press("Escape");
	},
	async yaml(page) {
		await page.getByRole("radio", { name: "YAML" }).click();
		await page.locator(".cm-content").first().waitFor();
		await page.getByRole("radio", { name: "Canvas" }).click();
	},
	async publish(page) {
		await page.getByRole("button", { name: "Publish" }).click();
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
	},
};

const figures = await withEditor(async (fixture) => {
	const { url } = await fixture.store(makeLargePlan(30));
	const page = await (await fixture.newWindow()).newPage();
	const loading = followScripts(page);
	await page.addInitScript(watchDrawing);
	await page.goto(url);
	await page.locator('[data-node="wait_0"]').click();
	await page.getByLabel("Name of the step").waitFor();
	const scripts = await loading.take();
	const needed: string[] = await page.evaluate(scriptsOfDrawing);
	if (process.argv.includes("--names")) console.error(needed.join("\n"));
	const later: Record<string, number> = {};
	for (const [part, open] of Object.entries(PARTS)) {
		await open(page);
		later[`${part}_kb`] = sumOf(await loading.take());
	}
	const drawn = sumOf(scripts.filter((script) => needed.includes(script.url)));
	return { drawn_kb: drawn, budget_kb: BUDGET, settled_kb: sumOf(scripts), ...later };
});
report("first-load", figures);
process.exit(0);
