"use client";

import { useQueries } from "@tanstack/react-query";
import { definitionOf } from "@/server/nodes/catalog";
import { referencesIn } from "@/server/plan/expressions/template";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { type CodingAttempt, readAttempts } from "@/server/runs/coding-attempt";
import { type RunState, type StepState, stepKey } from "@/server/runs/state";
import type { RunScreen } from "../use-run-screen";

/** One of several attempts, as far as it is. */
export interface ShownAttempt {
	name: string;
	/** The step of the coding agent; undefined where the config does not name one. */
	nodeId: NodeId | undefined;
	/** Undefined until it has begun. */
	step: StepState | undefined;
	/** Undefined until it has ended. */
	ended: CodingAttempt | undefined;
}

/** The attempts that a step compares, live: those that still work are there, too. */
export function useAttempts(screen: RunScreen, node: PlanNode, iteration: string): ShownAttempt[] {
	const places = placesOf(node, screen.state, iteration);
	const ended = places.map(({ step }) => step !== undefined && "endedAt" in step.phase);
	const records = useQueries({
		queries: places.map(({ nodeId = "", step }, index) => {
			const query = screen.reader.step({ nodeId, iteration: step?.iteration ?? "" });
			return { ...query, enabled: ended[index] === true, staleTime: Number.POSITIVE_INFINITY };
		}),
	});
	return places.map((place, index) => {
		const output: Json | undefined = ended[index] ? records[index]?.data?.output : undefined;
		const [attempt] = output === undefined ? [] : readAttempts({ [place.name]: output });
		return { ...place, ended: attempt };
	});
}

function placesOf(node: PlanNode, state: RunState, iteration: string): Omit<ShownAttempt, "ended">[] {
	const compared = definitionOf(node.type)?.compares?.(node.config) ?? {};
	return Object.entries(compared).map(([name, value]) => {
		const [reference] = typeof value === "string" ? referencesIn(value) : [];
		const [root, nodeId] = reference?.path ?? [];
		if (root !== "steps" || nodeId === undefined) return { name, nodeId: undefined, step: undefined };
		// It stands beside the step that compares, or outside of the containers around that.
		return { name, nodeId, step: state.steps[stepKey(nodeId, iteration)] ?? state.steps[nodeId] };
	});
}
