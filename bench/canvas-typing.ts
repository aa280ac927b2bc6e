import { makeLargePlan } from "./support/large-plan";
import { median, quantile, report, round } from "./support/report";
import { machineLoad, type OpenEditor, withEditor } from "./support/with-editor";

/**
 * What a keystroke costs at 300 nodes while somebody types a reference letter by letter: `script` is all that the page's
 * script does because of it, until the next frame has been drawn; `problem` is the time from the key to the problem that
 * the letter makes (or mends) standing on the step.
 */
const SIZE = 300;
const KEYS = 60;

interface Field {
	node: string;
	/** Puts the caret at the end of a text that refers to an earlier step. */
	focus(editor: OpenEditor): Promise<void>;
}

const FIELDS: Record<string, Field> = {
	text: {
		node: "knock_5",
		focus: async ({ page }) => {
			await page.getByRole("textbox", { name: "Address" }).fill("https://example.com/{{ steps.ask_5.output.status }}");
			for (const _ of " }}") await page.keyboard.press("ArrowLeft");
		},
	},
	code: {
		node: "choose_5",
		focus: async ({ page }) => {
			await page.locator(".cm-content").first().click();
			await page.keyboard.press("ControlOrMeta+a");
			await page.keyboard.insertText("steps.ask_5.output.status == steps.ask_5.output.status");
		},
	},
};

/** Every other key makes the reference unknown and so a problem; the one after it takes that back. */
const watchProblems = (node: string) => `
	window.keys = [];
	const step = document.querySelector('[data-node="${node}"]').closest(".react-flow__node");
	let pressed = 0;
	addEventListener("keydown", () => { pressed = performance.now(); }, { capture: true });
	new MutationObserver(() => {
		if (pressed > 0) window.keys.push(performance.now() - pressed);
		pressed = 0;
	}).observe(step, { subtree: true, childList: true });
`;

async function scriptSeconds({ devtools }: OpenEditor): Promise<number> {
	const { metrics } = await devtools.send("Performance.getMetrics");
	return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN;
}

const nextFrame = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))";

async function typeIn(editor: OpenEditor, { node, focus }: Field) {
	const { page } = editor;
	await page.locator(`[data-node="${node}"]`).click();
	// Near enough that the step shows its problems.
	await page.keyboard.press("Shift+2");
	await focus(editor);
	await page.evaluate(watchProblems(node));
	const script: number[] = [];
	for (let key = 0; key < KEYS; key++) {
		const before = await scriptSeconds(editor);
		await page.keyboard.press(key % 2 === 0 ? "x" : "Backspace");
		await page.evaluate(nextFrame);
		script.push((await scriptSeconds(editor)) - before);
	}
	const problems: number[] = await page.evaluate("window.keys");
	if (problems.length < KEYS / 2) throw new Error(`${problems.length} of ${KEYS} keys changed the problems.`);
	return { script: script.map((seconds) => seconds * 1_000), problems };
}

/** What asking the browser for its counters costs itself. */
async function measureNothing(editor: OpenEditor): Promise<number> {
	const before = await scriptSeconds(editor);
	await editor.page.evaluate(nextFrame);
	return round(((await scriptSeconds(editor)) - before) * 1_000);
}

const load = machineLoad();
const figures = await withEditor(async ({ store, open }) => {
	const { url } = await store(makeLargePlan(SIZE));
	const results: Record<string, number> = {};
	for (const [name, field] of Object.entries(FIELDS)) {
		const editor = await open(url);
		await editor.devtools.send("Performance.enable");
		results.measuring_ms = await measureNothing(editor);
		const { script, problems } = await typeIn(editor, field);
		await editor.close();
		results[`${name}_script_p50_ms`] = median(script);
		results[`${name}_script_p95_ms`] = quantile(script, 0.95);
		results[`${name}_problem_p50_ms`] = median(problems);
		results[`${name}_problem_p95_ms`] = quantile(problems, 0.95);
	}
	return results;
});
report("canvas-typing", { nodes: SIZE, ...figures, budget_ms: 16, load_before: load, load_after: machineLoad() });
process.exit(0);
