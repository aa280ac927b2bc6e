import type { BrowserContext } from "@playwright/test";
import { makeLargePlan } from "./support/large-plan";
import { median, report } from "./support/report";
import { type EditorFixture, machineLoad, withEditor } from "./support/with-editor";

/**
 * From the start of a navigation until every node is drawn and a click on one has opened it beside the canvas: in a
 * window that has never been there (`first`) and in one that has the app in its cache (`again`).
 */
const RUNS = 5;

/** Notes when all nodes were there, and when the panel beside the canvas showed the one that was clicked. */
const watch = (size: number, name: string) => `
	window.opened = {};
	const look = () => {
		const { opened } = window;
		if (!opened.drawn && document.querySelectorAll("[data-node]").length >= ${size}) opened.drawn = performance.now();
		const title = document.querySelector('[aria-label="Name of the step"]');
		if (opened.drawn && title?.value === ${JSON.stringify(name)}) opened.usable = performance.now();
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
`;

interface Opened {
	drawn?: number;
	usable?: number;
}

interface Opening {
	url: string;
	size: number;
}

async function measureOpening(window: BrowserContext, { url, size }: Opening): Promise<Required<Opened>> {
	const page = await window.newPage();
	await page.addInitScript(watch(size, "shape 5"));
	await page.goto(url, { waitUntil: "commit" });
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await page.waitForTimeout(10)) {
		const box: { x: number; y: number; width: number; height: number } | null = await page.evaluate(
			`document.querySelector('[data-node="shape_5"]')?.getBoundingClientRect().toJSON() ?? null`,
		);
		if (box && box.width > 0) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
		const { drawn, usable }: Opened = await page.evaluate("window.opened ?? {}");
		if (drawn === undefined || usable === undefined) continue;
		await page.close();
		return { drawn, usable };
	}
	throw new Error("The workflow was not usable within a minute.");
}

async function measureSize({ store, newWindow }: EditorFixture, size: number) {
	const { url } = await store(makeLargePlan(size));
	const first: Required<Opened>[] = [];
	const again: Required<Opened>[] = [];
	for (let run = 0; run <= RUNS; run++) {
		const window = await newWindow();
		const opened = await measureOpening(window, { url, size });
		const reopened = await measureOpening(window, { url, size });
		await window.close();
		// The server's own first answer is not the canvas's.
		if (run === 0) continue;
		first.push(opened);
		again.push(reopened);
	}
	return {
		[`first_${size}_drawn_ms`]: median(first.map(({ drawn }) => drawn)),
		[`first_${size}_usable_ms`]: median(first.map(({ usable }) => usable)),
		[`again_${size}_usable_ms`]: median(again.map(({ usable }) => usable)),
	};
}

const load = machineLoad();
const figures = await withEditor(async (fixture) => ({
	...(await measureSize(fixture, 300)),
	budget_300_ms: 1_500,
	...(await measureSize(fixture, 1_000)),
	budget_1000_ms: 3_000,
}));
report("canvas-open", { ...figures, runs: RUNS, load_before: load, load_after: machineLoad() });
process.exit(0);
