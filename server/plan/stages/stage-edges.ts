import type { Edge } from "../plan";
import type { Placed, PlacedStage } from "./place-stages";
import { gotoOf } from "./stage-file";
import type { StageOrder } from "./stage-order";

/** What a connection can begin or end at: a stage, or the loop. */
interface End {
	entries: string[];
	exits: string[];
	port: string;
}

function endOf({ stage, steps }: PlacedStage): End {
	const ids = steps.map(({ id }) => id);
	const isParallel = stage.config.mode === "parallel";
	return { entries: isParallel ? ids : ids.slice(0, 1), exits: isParallel ? ids : ids.slice(-1), port: "out" };
}

/** The connections of stages that follow each other, through the loop and behind it. */
export function connectStages({ stages, loopId }: Placed, order: StageOrder): Edge[] {
	const placed = new Map(stages.map((each) => [each.stage, each]));
	const ends = (list: StageOrder["body"]) => list.flatMap((stage) => placed.get(stage) ?? []).map(endOf);
	const loop = loopId === undefined ? [] : [{ entries: [loopId], exits: [loopId], port: "out" }];
	const chains = [[...ends(order.before), ...loop, ...ends(order.after)], ends(order.body)];
	const inside = stages.flatMap(({ stage, steps }) =>
		stage.config.mode === "parallel"
			? []
			: follow(steps.map(({ id }) => ({ entries: [id], exits: [id], port: "out" }))),
	);
	return [...inside, ...chains.flatMap(follow), ...connectFallback(order, { loop, ends })];
}

function connectFallback(
	{ fallback }: StageOrder,
	{ loop, ends }: { loop: End[]; ends(list: StageOrder["body"]): End[] },
): Edge[] {
	if (!fallback) return [];
	const [exhausted] = loop.map((end) => ({ ...end, port: "exhausted" }));
	return follow([
		...(exhausted ? [exhausted] : []),
		...ends([fallback.stage, ...(fallback.next ? [fallback.next] : [])]),
	]);
}

function follow(ends: readonly End[]): Edge[] {
	return ends.slice(1).flatMap(({ entries }, index) => {
		const { exits = [], port = "out" } = ends[index] ?? {};
		return exits.flatMap((from) => entries.map((to) => ({ from, port, to })));
	});
}

/** The stages that only a failure leads to, each beside the first that it follows. */
export function findSpare({ stages, loopId }: Placed, spare: StageOrder["body"]) {
	return spare.flatMap((stage) => {
		const from = stages.find((each) => gotoOf(each.stage.config) === stage.name);
		return from ? [{ stage, level: loopId === undefined ? ("before" as const) : from.level }] : [];
	});
}

/** Where the failure of a stage leads; `refused` where a plan cannot go. */
export function leadFailure(
	{ stages }: Placed,
	from: PlacedStage,
	order: StageOrder,
): { edges: Edge[]; refused: boolean } {
	const wanted = gotoOf(from.stage.config);
	const to = stages.find(({ stage }) => stage.name === wanted);
	const isBehind = to !== undefined && stages.indexOf(to) > stages.indexOf(from) && to.level === from.level;
	const isBeside = to?.stage === order.fallback?.stage || from.stage === order.fallback?.stage;
	if (!to || !isBehind || isBeside) return { edges: [], refused: true };
	const { entries } = endOf(to);
	return {
		edges: from.steps.flatMap(({ id }) => entries.map((entry) => ({ from: id, port: "error", to: entry }))),
		refused: false,
	};
}
