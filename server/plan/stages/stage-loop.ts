import { celProblems } from "../expressions/cel";
import { formatCelPath } from "../expressions/scope";
import type { PlanNode } from "../plan";
import { shorten } from "../values/text-problem";
import type { PlacedStage } from "./place-stages";
import type { StageReading } from "./stage-readers";
import type { StageLoop } from "./stage-schema";
import { unwrap } from "./stage-text";
import { outputsOf } from "./stage-worker";
import { translateCondition } from "./stop-condition";

const USUAL_ROUNDS = 10;

interface LoopParts {
	loop: StageLoop;
	id: string;
	reading: StageReading;
	note(key: string, message: string): void;
}

export function makeLoop({ loop, id, reading, note }: LoopParts): PlanNode {
	const { max_iters: rounds } = loop;
	if (rounds === undefined) note("max_iters", `There is no limit: the loop ends after ${USUAL_ROUNDS} rounds.`);
	const stopWhen = findStop(loop, reading, note);
	if (!reading.order.fallback && stopWhen !== undefined)
		note(
			"max_iters",
			"When no round is left, the run goes on by the exit “exhausted” of the loop, and nothing is connected to it.",
		);
	const variable = typeof rounds === "string" ? unwrap(rounds).split(".").slice(1) : undefined;
	const maxIterations = variable ? `{{ ${reading.inputs.refer(variable, "number")} }}` : (rounds ?? USUAL_ROUNDS);
	return {
		...{ id, type: "loop", name: "Loop", onFailure: "stop", join: "all", position: { x: 0, y: 0 } },
		config: { maxIterations, ...(stopWhen !== undefined && { stopWhen }) },
	};
}

/** The condition in CEL. A sentence is put to the last stage, whose result then says whether it holds. */
function findStop(
	{ stop_when: text = "" }: StageLoop,
	reading: StageReading,
	note: LoopParts["note"],
): string | undefined {
	const asked = reading.placed.stages.findLast(({ level }) => level === "body");
	if (text.trim() === "" || !asked) {
		note("stop_when", "There is no condition: every round is done. Add “Stop when” to the loop.");
		return undefined;
	}
	const wanted: [stage: string, path: readonly string[], type: string][] = [];
	const expression = translateCondition(text, {
		variable: (path) => formatCelPath(reading.inputs.refer(path).split(".")),
		round: "iteration.index + 1",
		field({ stage = asked.stage.name, path, type }) {
			const read = reading.placed.stages.find((each) => each.stage.name === stage && each.level === "body");
			if (!read) return UNKNOWN;
			wanted.push([stage, path, type]);
			return fieldIn(read, path);
		},
	});
	if (expression !== undefined && !expression.includes(UNKNOWN) && celProblems(expression).length === 0) {
		for (const [stage, path, type] of wanted) reading.results.want(stage, path, { type });
		return expression;
	}
	note(
		"stop_when",
		`“${shorten(text)}” is no condition that can be worked out: the stage “${asked.stage.name}” is asked whether it holds.`,
	);
	reading.results.want(asked.stage.name, ["done"], {
		type: "boolean",
		description: `Whether this holds: ${text.trim()}`,
	});
	return fieldIn(asked, ["done"]);
}

const UNKNOWN = "?";

function fieldIn({ steps }: PlacedStage, path: readonly string[]): string {
	const step = steps.at(-1);
	return step ? formatCelPath(["steps", step.id, "output", outputsOf(step.worker).value, ...path]) : UNKNOWN;
}
