import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { makeLargePlan } from "./support/large-plan";
import { report, round } from "./support/report";
import { withEditor } from "./support/with-editor";

/**
 * What a browser that has nothing fetches of JavaScript until a workflow can be edited, in thousands of bytes gzip, and
 * what each of the editor's parts fetches when it is first opened.
 */
const BUDGET = 300;

interface Loading {
	/** The bytes that have been fetched since the last call. */
	take(): Promise<number>;
	names(): readonly string[];
}

function followScripts(page: Page): Loading {
	let seen: Response[] = [];
	const names: string[] = [];
	page.on("response", (response) => {
		if (response.request().resourceType() !== "script") return;
		seen.push(response);
		names.push(new URL(response.url()).pathname);
	});
	return {
		names: () => names,
		async take() {
			await page.waitForLoadState("networkidle");
			const bodies = await Promise.all(seen.map((response) => response.body()));
			seen = [];
			return round(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000);
		},
	};
}

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

const figures = await withEditor(async (world) => {
	const { url } = await world.store(makeLargePlan(30));
	const page = await (await world.newWindow()).newPage();
	const loading = followScripts(page);
	await page.goto(url);
	await page.locator('[data-node="wait_0"]').click();
	await page.getByLabel("Name of the step").waitFor();
	const first = await loading.take();
	if (process.argv.includes("--names")) console.error(loading.names().join("\n"));
	const later: Record<string, number> = {};
	for (const [part, open] of Object.entries(PARTS)) {
		await open(page);
		later[`${part}_kb`] = await loading.take();
	}
	return { first_load_kb: first, budget_kb: BUDGET, ...later };
});
report("first-load", figures);
process.exit(0);
