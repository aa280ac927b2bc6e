import { describe, expect, it } from "vitest";
import { indexPlan } from "@/server/plan/graph/index-plan";
import { testPlan } from "@/server/plan/test-plan";
import type { Actor, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { axisLabel, axisTicks, labelSide, timelineRows } from "./timeline-rows";

const all = { hideInstant: false, toggled: new Set<string>() };
type Timed = Omit<RunEvent, "seq">;

/** `at` is in seconds. */
function recorded(at: number, nodeId: string, event: Pick<RunEvent, "type" | "data">, iteration = "") {
	return { at: at * 1_000, nodeId, iteration, ...event } as Timed;
}
const start = (at: number, id: string, attempt = 1, iteration = "") =>
	recorded(at, id, { type: "step.started", data: { attempt, maxAttempts: 3 } }, iteration);
const end = (at: number, id: string, attempt = 1, iteration = "") =>
	recorded(at, id, { type: "step.completed", data: { attempt, port: "out" } }, iteration);
const fold = (...events: Timed[]) =>
	foldRun(
		initialRunState,
		events.map((event, i) => ({ ...event, seq: i + 1 }) as RunEvent),
	);

describe("a row", () => {
	const graph = indexPlan(testPlan(["a", "b"], ["a>b"]));

	it("shows a failed attempt, the backoff after it and the attempt that worked", () => {
		const retry = recorded(4, "a", {
			type: "step.retrying",
			data: { attempt: 1, error: { message: "exit 7" }, retryAt: 6_000 },
		});
		const [row] = timelineRows(graph, fold(start(0, "a"), retry, start(6, "a", 2), end(30.4, "a", 2)), all);
		expect(row?.bars).toEqual([
			{ kind: "work", look: "failed", from: 0, to: 4_000, failed: true },
			{ kind: "wait", look: "retrying", from: 4_000, to: 6_000 },
			{ kind: "work", look: "completed", from: 6_000, to: 30_400 },
		]);
		expect(row?.label).toBe("24.4 s, attempt 2");
	});

	it("is hatched while a person is asked, and says who decided", () => {
		const wait = recorded(0, "a", {
			type: "step.waiting",
			data: { for: "approval", message: "", fields: [], approvers: [] },
		});
		const decidedBy = (actor: Actor) =>
			recorded(18.7, "a", { type: "step.decided", data: { decision: "approved", actor, values: {} } });
		const rowOf = (actor: Actor) => timelineRows(graph, fold(wait, decidedBy(actor), end(18.7, "a")), all)[0];
		const row = rowOf({ kind: "user", id: "u", name: "Mara Lindqvist" });
		expect(row?.bars).toEqual([{ kind: "wait", look: "waiting", from: 0, to: 18_700 }]);
		expect(row?.label).toBe("18.7 s waiting for Mara");
		// Whoever watches by a link is told no names.
		expect(rowOf({ kind: "system", name: "the team" })?.label).toBe("18.7 s waiting for the team");
	});

	it("of an instant step can be hidden, and unstarted steps have none", () => {
		const run = fold(start(0, "a"), end(0.01, "a"));
		expect(timelineRows(graph, run, all)).toHaveLength(1);
		expect(timelineRows(graph, run, { ...all, hideInstant: true })).toHaveLength(0);
	});
});

it("of an agent is folded; below it are its model and each tool, a bar for each call", () => {
	const graph = indexPlan(testPlan(["a"], []));
	const turn = (at: number, number: number) =>
		recorded(at, "a", {
			type: "agent.turn",
			data: { turn: number, text: "", model: "m", ms: 2_000, tokens: 700, costUsd: 0 },
		});
	const call = (at: number, id: string) =>
		recorded(at, "a", { type: "agent.call", data: { turn: Number(id), id, tool: "shell", input: "" } });
	const result = recorded(5, "a", {
		type: "agent.result",
		data: { id: "1", state: "failed", text: "", characters: 0, ms: 1_000 },
	});
	const run = fold(start(0, "a"), turn(2, 1), call(2, "1"), result, turn(7, 2), call(7, "2"));
	expect(timelineRows(graph, run, all)).toEqual([expect.objectContaining({ name: "a", folded: true })]);
	const [, model, shell] = timelineRows(graph, run, { ...all, toggled: new Set(["a"]) });
	expect(model).toMatchObject({ name: "Model, 2 calls", label: "4.0 s, 1,400 tokens", depth: 1 });
	expect(shell).toMatchObject({
		name: "shell",
		look: "running",
		bars: [
			{ look: "failed", from: 4_000, to: 5_000 },
			{ look: "running", from: 7_000, to: undefined },
		],
	});
});

describe("a container", () => {
	const graph = indexPlan(
		testPlan(
			[
				{ id: "each", type: "for-each" },
				{ id: "one", parent: "each" },
			],
			[],
		),
	);
	const iterate = (at: number, index: number, label: string) =>
		recorded(at, "each", { type: "step.iterated", data: { index, total: 3, label } });
	const run = fold(
		start(0, "each"),
		iterate(0, 0, "eu"),
		start(0, "one", 1, "0"),
		end(5, "one", 1, "0"),
		iterate(5, 1, "us"),
		start(5, "one", 1, "1"),
	);

	it("is followed by its iterations, named by their items", () => {
		const rows = timelineRows(graph, run, all);
		expect(rows.map((row) => [row.depth, row.name, row.look, row.label])).toEqual([
			[0, "each", "running", "2 / 3"],
			[1, "eu", "completed", "5.0 s"],
			[1, "us", "running", undefined],
		]);
	});

	it("keeps its iterations whole while their instant steps are hidden", () => {
		const pair = indexPlan(
			testPlan(
				[
					{ id: "each", type: "for-each" },
					{ id: "one", parent: "each" },
					{ id: "two", parent: "each" },
				],
				["one>two"],
			),
		);
		const both = (at: number, index: number, long: number) => [
			iterate(at, index, `item ${index}`),
			start(at, "one", 1, String(index)),
			end(at + 0.02, "one", 1, String(index)),
			start(at + 0.02, "two", 1, String(index)),
			end(at + 0.02 + long, "two", 1, String(index)),
		];
		const run = fold(start(0, "each"), ...both(0, 0, 1), ...both(2, 1, 0.02));
		const rows = timelineRows(pair, run, { ...all, hideInstant: true });
		expect(rows.map(({ name, bars: [bar], folded }) => [name, bar?.from, bar?.to, folded])).toEqual([
			["each", 0, undefined, false],
			["item 0", 0, 1_020, false],
			["two", 20, 1_020, undefined],
			["item 1", 2_000, 2_040, undefined],
		]);
	});

	it("of single instant steps shows each of its iterations", () => {
		const run = fold(
			start(0, "each"),
			iterate(0, 0, "eu"),
			start(0, "one", 1, "0"),
			end(0.01, "one", 1, "0"),
			iterate(1, 1, "us"),
			start(1, "one", 1, "1"),
			end(1.01, "one", 1, "1"),
		);
		expect(timelineRows(graph, run, { ...all, hideInstant: true }).map(({ name }) => name)).toEqual([
			"each",
			"eu",
			"us",
		]);
	});

	it("folds", () => {
		expect(timelineRows(graph, run, { ...all, toggled: new Set(["each"]) })).toHaveLength(1);
	});
});

describe("the axis", () => {
	it("has round steps and at most nine ticks", () => {
		expect(axisTicks(148_000, 800)).toEqual([0, 20, 40, 60, 80, 100, 120, 140].map((s) => s * 1_000));
		expect(axisTicks(148_000, 800).map(axisLabel)).toEqual([
			"0 s",
			"20 s",
			"40 s",
			"1 m",
			"1 m 20 s",
			"1 m 40 s",
			"2 m",
			"2 m 20 s",
		]);
	});

	it("leaves out what a narrow screen has no room for", () => {
		expect(axisTicks(148_000, 150).map(axisLabel)).toEqual(["0 s", "2 m"]);
		expect(axisTicks(3_240, 150).map(axisLabel)).toEqual(["0 s", "2 s"]);
		expect(axisTicks(148_000, 0).map(axisLabel)).toEqual(["0 s"]);
	});
});

describe("a row's label", () => {
	it("stands right of the last bar when it fits there", () => {
		expect(labelSide({ begin: 20, end: 750, width: 800 }, "4.3 s")).toBe("after");
	});

	it("stands left of the first bar when only that has room", () => {
		expect(labelSide({ begin: 300, end: 750, width: 800 }, "0.06 s, attempt 3")).toBe("before");
	});

	it("stands on the bar when neither side has room", () => {
		expect(labelSide({ begin: 20, end: 750, width: 800 }, "0.06 s, attempt 3")).toBe("within");
	});
});
