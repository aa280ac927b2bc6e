import { DEFAULT_TRIGGERS } from "@/server/triggers/catalog";
import type { Edge, Plan, PlanNode } from "../plan";
import { type Placed, type PlacedStage, placeStages } from "./place-stages";
import { connectStages, findSpare, leadFailure } from "./stage-edges";
import type { StageFile } from "./stage-file";
import { createInputs } from "./stage-inputs";
import { makeLoop } from "./stage-loop";
import { orderStages } from "./stage-order";
import type { StagePlace } from "./stage-outline";
import { type LibraryPrompt, writePrompt } from "./stage-prompts";
import { contextOf, namesFor, type StageReading } from "./stage-readers";
import { createResults } from "./stage-results";
import { makeSteps } from "./stage-steps";

export interface StagePlan {
	plan: Plan;
	/** Where each step stands in the file, by its id. */
	places: ReadonlyMap<string, string>;
	/** What has no counterpart, or is another way than it was. */
	notes: StagePlace[];
}

/** A file of stages as a plan: a step for each, in their order, the loop around those that are repeated. */
export function stagesToPlan(file: StageFile, library: readonly LibraryPrompt[] | undefined): StagePlan {
	const notes: StagePlace[] = [];
	const order = orderStages(file);
	const placed = placeAll(file);
	const reading: StageReading = {
		...{ placed, order, inputs: createInputs(file.head.vars), results: createResults() },
		leave: ({ stage }, written) =>
			notes.push({
				path: `${stage.path}.prompt`,
				message: `${written} is left as text: it names nothing that is known here.`,
			}),
	};
	const loop = loopOf(file, reading, notes);
	const nodes = stepsOf({ reading, library, notes });
	const failures = leadFailures(reading, notes);
	const plan: Plan = {
		version: 1,
		inputs: reading.inputs.list(),
		triggers: [...DEFAULT_TRIGGERS],
		nodes: beside(loop, nodes).map((node) => (failures.stopped.has(node.id) ? { ...node, onFailure: "stop" } : node)),
		edges: distinct([...connectStages(placed, order), ...failures.edges]),
		notes: [],
		settings: { timeoutSeconds: 86_400 },
	};
	for (const { variable, name } of reading.inputs.renamed())
		notes.push({
			path: file.loopPath.replace(/loop$/, "vars"),
			message: `The variable ${variable} is the input ${name} here.`,
		});
	return { plan, places: placesOf(file, placed), notes };
}

function placeAll(file: StageFile): Placed {
	const order = orderStages(file);
	const first = placeStages(order, []);
	const spare = file.spare.filter((stage) => stage !== order.fallback?.stage);
	return placeStages(order, findSpare(first, spare));
}

function noter(notes: StagePlace[], path: string) {
	return (key: string, message: string) => void notes.push({ path: `${path}.${key}`, message });
}

function loopOf({ loop, loopPath }: StageFile, reading: StageReading, notes: StagePlace[]): PlanNode[] {
	const id = reading.placed.loopId;
	if (!loop || id === undefined) return [];
	return [makeLoop({ loop, id, reading, note: noter(notes, loopPath) })];
}

interface StepsParts {
	reading: StageReading;
	library: readonly LibraryPrompt[] | undefined;
	notes: StagePlace[];
}

/** Prompts first: what they read of other stages decides what those are asked for. */
function stepsOf({ reading, library, notes }: StepsParts): PlanNode[] {
	const { placed, results } = reading;
	const prompts = placed.stages.map((each) =>
		writePrompt({
			...{ placed: each, library, note: noter(notes, each.stage.path) },
			names: namesFor(reading, each),
			context: contextOf(reading, each),
		}),
	);
	return placed.stages.flatMap((each, index) =>
		makeSteps({
			placed: each,
			parent: each.level === "body" ? placed.loopId : undefined,
			prompt: prompts[index] ?? { prompt: "" },
			result: results.schemaOf(each.stage.name),
			note: noter(notes, each.stage.path),
		}),
	);
}

function leadFailures({ placed, order }: StageReading, notes: StagePlace[]): { edges: Edge[]; stopped: Set<string> } {
	const stopped = new Set<string>();
	const edges = placed.stages.flatMap((from: PlacedStage) => {
		if (!/^goto/.test(from.stage.config.on_failure ?? "")) return [];
		const led = leadFailure(placed, from, order);
		if (!led.refused) return led.edges;
		for (const { id } of from.steps) stopped.add(id);
		notes.push({
			path: `${from.stage.path}.on_failure`,
			message:
				"A failure can lead to a later stage beside this one, not back and not across the loop: it stops the run.",
		});
		return [];
	});
	return { edges, stopped };
}

/** The loop before what it repeats. */
function beside(loop: readonly PlanNode[], nodes: readonly PlanNode[]): PlanNode[] {
	const at = nodes.findIndex(({ parent }) => parent !== undefined);
	return at < 0 ? [...nodes, ...loop] : [...nodes.slice(0, at), ...loop, ...nodes.slice(at)];
}

function distinct(edges: readonly Edge[]): Edge[] {
	return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}

function placesOf({ loopPath }: StageFile, { stages, loopId }: Placed): Map<string, string> {
	const places = stages.flatMap(({ stage, steps }) => steps.map(({ id }) => [id, stage.path] as const));
	return new Map([...places, ...(loopId === undefined ? [] : [[loopId, loopPath] as const])]);
}
