import { makeLargePlan } from "./support/large-plan";
import { report, round } from "./support/report";
import { machineLoad, type OpenEditor, withEditor } from "./support/with-editor";

/**
 * What editing for long leaves behind: steps are added, moved, written in, taken back and removed over and over, so
 * that the plan keeps its size. Heap, DOM nodes and listeners are counted after a garbage collection.
 * Run with a number of minutes for another length than ten.
 */
const MINUTES = Number(process.argv[2] ?? 10);
const SIZE = 100;
const SAMPLES = 20;

interface Sample {
	minute: number;
	heapMb: number;
	domNodes: number;
	listeners: number;
}

async function takeSample({ devtools }: OpenEditor, minute: number): Promise<Sample> {
	for (let round = 0; round < 2; round++) await devtools.send("HeapProfiler.collectGarbage");
	const { usedSize } = await devtools.send("Runtime.getHeapUsage");
	const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
	return { minute, heapMb: usedSize / 1_000_000, domNodes: nodes, listeners: jsEventListeners };
}

/** One round of everything; the plan is afterwards what it was. */
async function edit({ page }: OpenEditor, turn: number): Promise<void> {
	const step = page.locator(`[data-node="wait_${turn % (SIZE / 10)}"]`);
	await step.click();
	await page.keyboard.press("ControlOrMeta+d");
	const copy = page.locator('.selected [data-node^="wait_"]');
	const box = await copy.boundingBox();
	if (!box) throw new Error("The copy is out of sight.");
	const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	await page.mouse.move(middle.x, middle.y);
	await page.mouse.down();
	await page.mouse.move(middle.x + 20, middle.y + 12, { steps: 5 });
	await page.mouse.up();
	await page.getByLabel("Name of the step").fill(`Copy ${turn}`);
	await page.getByLabel("Name of the step").press("Enter");
	await page.getByRole("button", { name: /^Undo/ }).click();
	await page.getByRole("button", { name: /^Redo/ }).click();
	await copy.focus();
	await page.keyboard.press("Delete");
	await page.locator(".react-flow__pane").click({ position: { x: 300, y: 20 } });
}

/** How much it grows in a minute, by least squares. */
function slope(samples: readonly Sample[], of: (sample: Sample) => number): number {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const middle = mean(samples.map(({ minute }) => minute));
	const level = mean(samples.map(of));
	const rise = samples.reduce((sum, sample) => sum + (sample.minute - middle) * (of(sample) - level), 0);
	return round(rise / samples.reduce((sum, { minute }) => sum + (minute - middle) ** 2, 0));
}

const load = machineLoad();
const { samples, turns } = await withEditor(async ({ store, open }) => {
	const { url } = await store(makeLargePlan(SIZE));
	const editor = await open(url);
	const startedAt = performance.now();
	const minutes = () => (performance.now() - startedAt) / 60_000;
	const taken: Sample[] = [];
	let turn = 0;
	for (; minutes() < MINUTES; turn++) {
		if (minutes() >= (taken.length * MINUTES) / SAMPLES) taken.push(await takeSample(editor, minutes()));
		await edit(editor, turn);
	}
	return { samples: [...taken, await takeSample(editor, minutes())], turns: turn };
});
// The first half fills the history, which then forgets its oldest steps.
const settled = samples.slice(samples.length / 2);
const first = samples[0];
const last = samples.at(-1);
report("canvas-memory", {
	minutes: MINUTES,
	edits: turns * 6,
	heap_start_mb: round(first?.heapMb ?? Number.NaN),
	heap_end_mb: round(last?.heapMb ?? Number.NaN),
	heap_mb_per_minute: slope(settled, ({ heapMb }) => heapMb),
	dom_nodes_start: first?.domNodes ?? Number.NaN,
	dom_nodes_end: last?.domNodes ?? Number.NaN,
	dom_nodes_per_minute: slope(settled, ({ domNodes }) => domNodes),
	listeners_end: last?.listeners ?? Number.NaN,
	listeners_per_minute: slope(settled, ({ listeners }) => listeners),
	load_before: load,
	load_after: machineLoad(),
});
process.exit(0);
