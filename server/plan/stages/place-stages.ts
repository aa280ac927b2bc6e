import type { Stage } from "./stage-file";
import { takeFree, wordOf } from "./stage-inputs";
import type { StageOrder } from "./stage-order";
import { findWorker, type StageWorker } from "./stage-worker";

/** A step that a stage becomes: one for each of its providers. */
export interface StageStep {
	id: string;
	name: string;
	worker: StageWorker;
	role: string | undefined;
}

/** A stage in its place: before the loop, in it or behind it. */
export interface PlacedStage {
	stage: Stage;
	level: "before" | "body" | "after";
	steps: StageStep[];
}

export interface Placed {
	/** In the order in which they can run. */
	stages: PlacedStage[];
	loopId: string | undefined;
}

/** Gives every stage its place and its steps their ids. @param spare those that only a failure leads to, beside their level */
export function placeStages(
	{ before, body, after, fallback }: StageOrder,
	spare: readonly { stage: Stage; level: PlacedStage["level"] }[],
): Placed {
	const taken = new Set<string>();
	const loopId = body.length > 0 ? "loop" : undefined;
	if (loopId) taken.add(loopId);
	const place = (level: PlacedStage["level"]) => (stage: Stage) => ({ stage, level, steps: stepsOf(stage, taken) });
	const behind = [...(fallback ? [fallback.stage] : []), ...after];
	return {
		stages: [
			...before.map(place("before")),
			...body.map(place("body")),
			...behind.map(place("after")),
			...spare.map(({ stage, level }) => place(level)(stage)),
		],
		loopId,
	};
}

function stepsOf({ name, config }: Stage, taken: Set<string>): StageStep[] {
	const isActing = config.mode !== undefined || config.skills !== undefined;
	const given = config.providers ?? [{ provider: config.provider, role: undefined }];
	const isAlone = given.length === 1;
	return given.map(({ provider, role }) => {
		const word = isAlone ? wordOf(name, "stage") : wordOf(`${name} ${provider}`, "stage");
		const id = takeFree(word, taken);
		taken.add(id);
		return {
			id,
			name: (isAlone ? name : `${name}: ${provider}`).slice(0, 120),
			worker: findWorker(provider, isActing),
			role: role ?? config.role,
		};
	});
}
