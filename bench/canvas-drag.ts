import { setTimeout as wait } from "node:timers/promises";
import { makeLargePlan } from "./support/large-plan";
import { median, quantile, report, round } from "./support/report";
import { type EditorFixture, machineLoad, type OpenEditor, withEditor } from "./support/with-editor";

/** Frames in a second while a step with its edges is dragged, and while the canvas is panned and zoomed. */
const RUNS = 3;
const SECONDS = 3;
/** As often as a good mouse tells where it is. */
const MOUSE_MS = 8;
const HELD = "meet_5";

/** Notes when each frame begins, and how often what is held was drawn somewhere else. */
const startWatching = `
	window.frames = [];
	window.places = new Set();
	window.isWatched = true;
	const held = document.querySelector('[data-node="${HELD}"]')?.closest(".react-flow__node");
	const look = (at) => {
		window.frames.push(at);
		if (held) window.places.add(held.style.transform);
		if (window.isWatched) requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
`;

interface Frames {
	fps: number;
	frame_p50_ms: number;
	frame_p95_ms: number;
	places: number;
}

type Point = { x: number; y: number };
type Move = (tick: number) => Promise<unknown>;

/** Sends input for a few seconds; a move waits for the one before, as a browser joins those that come between two frames. */
async function watchFrames({ page }: OpenEditor, move: Move): Promise<Frames> {
	await page.evaluate(startWatching);
	const end = performance.now() + SECONDS * 1_000;
	const waiting = new Set<Promise<unknown>>();
	for (let tick = 0; performance.now() < end; tick++) {
		if (waiting.size === 0) {
			const sent = move(tick).finally(() => waiting.delete(sent));
			waiting.add(sent);
		}
		await wait(MOUSE_MS);
	}
	await Promise.all(waiting);
	const frames: number[] = await page.evaluate("window.isWatched = false, window.frames");
	const places: number = await page.evaluate("window.places.size");
	const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
	const fps = (gaps.length * 1_000) / gaps.reduce((sum, gap) => sum + gap, 0);
	return { fps: round(fps), frame_p50_ms: median(gaps), frame_p95_ms: quantile(gaps, 0.95), places };
}

/** A circle around a point, once a second and a half. */
function onCircle({ x, y }: Point, tick: number): Point {
	const angle = (tick * MOUSE_MS * 2 * Math.PI) / 1_500;
	return { x: x + 60 * (1 - Math.cos(angle)), y: y + 60 * Math.sin(angle) };
}

async function middleOf({ page }: OpenEditor, selector: string): Promise<Point> {
	const box = await page.locator(selector).boundingBox();
	if (!box) throw new Error(`There is no ${selector} in sight.`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function dragStep(editor: OpenEditor): Promise<Frames> {
	const { page, devtools } = editor;
	const at = await middleOf(editor, `[data-node="${HELD}"]`);
	await page.mouse.move(at.x, at.y);
	await page.mouse.down();
	const frames = await watchFrames(editor, (tick) =>
		devtools.send("Input.dispatchMouseEvent", {
			type: "mouseMoved",
			button: "left",
			buttons: 1,
			...onCircle(at, tick + 1),
		}),
	);
	if (frames.places < SECONDS * 5) throw new Error(`The step was drawn at ${frames.places} places only.`);
	await page.mouse.up();
	await page.keyboard.press("ControlOrMeta+z");
	return frames;
}

async function panCanvas(editor: OpenEditor): Promise<Frames> {
	const at = await middleOf(editor, ".react-flow__pane");
	return await watchFrames(editor, (tick) => {
		const deltaX = Math.floor(tick / 60) % 2 === 0 ? 12 : -12;
		return editor.devtools.send("Input.dispatchMouseEvent", { type: "mouseWheel", ...at, deltaX, deltaY: 0 });
	});
}

async function zoomCanvas(editor: OpenEditor): Promise<Frames> {
	const at = await middleOf(editor, ".react-flow__pane");
	return await watchFrames(editor, (tick) => {
		const deltaY = Math.floor(tick / 60) % 2 === 0 ? -8 : 8;
		const held = { modifiers: 2, type: "mouseWheel" } as const;
		return editor.devtools.send("Input.dispatchMouseEvent", { ...held, ...at, deltaX: 0, deltaY });
	});
}

type Doing = "drag" | "pan" | "zoom";
const DOINGS: Record<Doing, (editor: OpenEditor) => Promise<Frames>> = {
	drag: dragStep,
	pan: panCanvas,
	zoom: zoomCanvas,
};

/** Shows the step that is dragged, and what is around it, at full size. */
async function zoomIn({ page }: OpenEditor): Promise<void> {
	await page.locator(`[data-node="${HELD}"]`).click();
	await page.keyboard.press("Shift+Digit2");
	await page.getByRole("button", { name: "Fit" }).locator("..").getByText("100 %").waitFor();
}

async function measure(fixture: EditorFixture, size: number, isZoomedIn: boolean) {
	const { url } = await fixture.store(makeLargePlan(size));
	const samples: Record<Doing, Frames[]> = { drag: [], pan: [], zoom: [] };
	for (let run = 0; run < RUNS; run++) {
		const editor = await fixture.open(url);
		if (isZoomedIn) await zoomIn(editor);
		for (const doing of ["drag", "pan", "zoom"] as const) samples[doing].push(await DOINGS[doing](editor));
		await editor.close();
	}
	const name = `${size}${isZoomedIn ? "_near" : ""}`;
	return Object.fromEntries(
		Object.entries(samples).flatMap(([doing, frames]) => [
			[`${doing}_${name}_fps`, median(frames.map(({ fps }) => fps))],
			[`${doing}_${name}_frame_p50_ms`, median(frames.map((each) => each.frame_p50_ms))],
			[`${doing}_${name}_frame_p95_ms`, median(frames.map((each) => each.frame_p95_ms))],
		]),
	);
}

const load = machineLoad();
const figures = await withEditor(async (fixture) => ({
	...(await measure(fixture, 300, false)),
	budget_300_fps: 45,
	...(await measure(fixture, 1_000, false)),
	budget_1000_fps: 35,
	...(await measure(fixture, 1_000, true)),
	budget_1000_near_fps: 50,
}));
report("canvas-drag", { ...figures, runs: RUNS, load_before: load, load_after: machineLoad() });
process.exit(0);
