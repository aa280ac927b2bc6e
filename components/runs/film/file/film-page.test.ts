import { Window } from "happy-dom";
import { afterEach, expect, test } from "vitest";
import { isHtml, readFilmFile } from "@/components/workflows/yaml/read-film-file";
import { testPlan } from "@/server/plan/test-plan";
import type { RunEvent } from "@/server/runs/events";
import { filmPage } from "./film-page";
import type { FilmRecord } from "./film-record";

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u2028\u202e<!--${"x".repeat(30)}`;
const yaml = `version: 1\nname: ${JSON.stringify(HOSTILE)}\nnodes: []\n`;
const base = { nodeId: null, iteration: "" };
const work = { nodeId: "work", iteration: "" };
const EVENTS: RunEvent[] = [
	{ ...base, seq: 1, at: 1_000, type: "run.queued", data: { actor: { kind: "system", name: "a" }, trigger: "manual" } },
	{ ...base, seq: 2, at: 1_000, type: "run.started", data: {} },
	{ ...work, seq: 3, at: 2_000, type: "step.started", data: { attempt: 1, maxAttempts: 1 } },
	{ ...work, seq: 4, at: 3_000, type: "step.comment", data: { text: HOSTILE } },
	{ ...work, seq: 5, at: 9_000, type: "step.completed", data: { attempt: 1, port: "out" } },
	{ ...base, seq: 6, at: 11_000, type: "run.completed", data: {} },
];
const RECORD: Omit<FilmRecord, "plan"> = {
	...{ workflow: "Tested", number: 1, team: "Acme", yaml: "nodes: []", events: EVENTS },
	...{ input: null, output: null, steps: [], leftOut: [] },
};
let page: Window | undefined;
afterEach(async () => page?.happyDOM.close());

test("plays: the steps, the timeline and the details stand as they did at the moment of the slider", async () => {
	const { document } = open(await film({}));
	const step = at(document, '[data-step="work"]');
	expect(at(document, "#status").textContent).toBe("Completed");
	expect(step.getAttribute("data-state")).toBe("completed");
	step.dispatchEvent(new (page as Window).Event("click"));
	expect(at(document, "#details").textContent).toContain("what it put out");
	move(document, 500);
	expect(at(document, "#status").textContent).toBe("Running");
	expect(step.getAttribute("data-state")).toBe("queued");
	expect(at(document, "#details").textContent).toContain("It has not begun.");
	move(document, 4_000);
	expect(step.getAttribute("data-state")).toBe("running");
	expect(at(document, "#details").textContent).not.toContain("what it put out");
	expect(at(document, ".future").getAttribute("x")).toBe("40%");
});

test("stands at its beginning as the run did, though more happened within the same moment of a film", async () => {
	const [queued, started, ...rest] = EVENTS;
	if (!queued || !started) throw new Error("A run begins with two events");
	const { document } = open(await film({ events: [queued, { ...started, at: 1_020 }, ...rest] }));
	move(document, 0);
	expect(at(document, "#status").textContent).toBe("Running");
	expect(at(document, '[data-step="work"]').getAttribute("data-state")).toBe("queued");
});

test("can be pressed only once its script listens, and says without one what it needs", async () => {
	const controls = '#play, input, [data-row], [data-step="work"]';
	page = new Window();
	page.document.write(await film({}));
	const isOff = (element: { hasAttribute(name: string): boolean }) =>
		element.hasAttribute("disabled") || element.hasAttribute("aria-disabled");
	const still = [...page.document.querySelectorAll(controls)];
	expect(still.map(isOff)).toEqual(still.map(() => true));
	expect(still).toHaveLength(4);
	expect(page.document.querySelectorAll("[tabindex]")).toHaveLength(0);
	expect(at(page.document, "noscript").textContent).toContain("needs JavaScript");

	const { document } = open(await film({}));
	expect([...document.querySelectorAll(controls)].map(isOff)).toEqual(still.map(() => false));
	expect(at(document, '[data-step="work"]').getAttribute("tabindex")).toBe("0");
});

test("shows hostile names, values and messages as they are, and none of them becomes a part of the page", async () => {
	const html = await film({ workflow: HOSTILE, team: HOSTILE, output: HOSTILE, yaml });
	const { document } = open(html);
	expect(document.querySelectorAll("script")).toHaveLength(3);
	expect(document.querySelectorAll("img, [onerror], [style], link, iframe")).toHaveLength(0);
	expect(at(document, "h1").textContent).toContain("</script><script>alert(1)");
	at(document, '[data-step="work"]').dispatchEvent(new (page as Window).Event("click"));
	expect(at(document, "#details").textContent).toContain("<img src=x");
	expect(readFilmFile(html)).toBe(yaml);
});

test("lets nothing but its own script and style work, and asks no network", async () => {
	const html = await film({ workflow: HOSTILE });
	const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
	expect(policy).toMatch(
		/^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/,
	);
	expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|src=x?"|url\(|@import|fetch\(/);
});

test("has the workflow in it to be imported, and says where there is none", async () => {
	expect(isHtml(await film({}))).toBe(true);
	const without = await film({ yaml: null });
	expect(() => readFilmFile(without)).toThrow("nothing to import");
	expect(() => readFilmFile("<!doctype html><p>Hello")).toThrow("no film of a run");
	expect(() => readFilmFile('<!doctype html><script type="application/json" id="weft-workflow">[]</script>')).toThrow(
		"cannot be read",
	);
});

test("says what is left out", async () => {
	expect(at(open(await film({ leftOut: ["The log is too long."] })).document, ".notice").textContent).toBe(
		"The log is too long.",
	);
});

test("stays small and quick for a run of five thousand events in three hundred steps", async () => {
	const ids = Array.from({ length: 300 }, (_, n) => `step_${n}`);
	const plan = testPlan(ids.map((id) => ({ id, type: "shell", name: id, config: { command: "true" } })));
	const events = Array.from({ length: 5_000 }, (_, n): RunEvent => {
		const place = { seq: n + 1, at: n * 100, nodeId: ids[Math.floor(n / 2) % 300] ?? "", iteration: "" };
		return n % 2 === 0
			? { ...place, type: "step.started", data: { attempt: Math.floor(n / 600) + 1, maxAttempts: 9 } }
			: { ...place, type: "step.completed", data: { attempt: Math.floor(n / 600) + 1, port: "out" } };
	});
	expect((await film({ plan, events, steps: [] })).length).toBeLessThan(3_000_000);
});

test("lets others go first between its moments", async () => {
	const rests: number[] = [];
	const record: FilmRecord = { ...RECORD, plan: testPlan(["work"]) };
	await filmPage(record, async () => void rests.push(rests.length));
	expect(rests.length).toBeGreaterThan(new Set(EVENTS.map(({ at }) => at)).size);
});

async function film(record: Partial<FilmRecord>): Promise<string> {
	const plan = testPlan([{ id: "work", type: "shell", name: HOSTILE, config: { command: "true" } }]);
	const steps = [{ ...work, input: null, output: "what it put out", log: "" }];
	return await filmPage({ ...RECORD, plan, steps, ...record });
}

/** As a browser opens the file; happy-dom runs its script. */
function open(html: string): Window {
	page = new Window({
		settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
	});
	page.document.write(html);
	return page;
}

function at(document: Window["document"], selector: string) {
	const found = document.querySelector(selector);
	if (!found) throw new Error(`There is no ${selector}`);
	return found;
}

function move(document: Window["document"], moment: number): void {
	const slider = at(document, "input");
	slider.setAttribute("value", String(moment));
	Object.assign(slider, { value: String(moment) });
	slider.dispatchEvent(new (page as Window).Event("input"));
}
