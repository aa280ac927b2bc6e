import { formatPath } from "../expressions/scope";
import type { Placed, PlacedStage } from "./place-stages";
import { gotoOf } from "./stage-file";
import type { StageInputs } from "./stage-inputs";
import type { StageOrder } from "./stage-order";
import type { StageResults } from "./stage-results";
import { keepBraces, type StageNames } from "./stage-text";
import { outputsOf } from "./stage-worker";

/** What stages read of each other and of the variables. */
export interface StageReading {
	placed: Placed;
	order: StageOrder;
	inputs: StageInputs;
	results: StageResults;
	leave(stage: PlacedStage, written: string): void;
}

export function namesFor(reading: StageReading, reader: PlacedStage): StageNames {
	return {
		inputOf: (path) => reading.inputs.refer(path, path[0] === "task" ? "textarea" : "text"),
		outputOf(name, field) {
			const target = reading.placed.stages.find(({ stage }) => stage.name === name);
			if (!target) return undefined;
			const references = outputReferences(reading, { reader, target }, field);
			if (references && field.length > 0) reading.results.want(name, field, {});
			return references;
		},
		round: reader.level === "body" ? "iteration.index" : undefined,
		leave: (written) => reading.leave(reader, written),
	};
}

/** What was said before a stage, as a template that follows its prompt. */
export function contextOf(reading: StageReading, reader: PlacedStage): string {
	const { before, body } = reading.order;
	const said = (stage: StageOrder["body"][number] | undefined, heading: string) => {
		const target = reading.placed.stages.find((each) => each.stage === stage);
		const references = target && outputReferences(reading, { reader, target }, []);
		return references ? `\n\n${keepBraces(heading)}\n${references.map((each) => `{{ ${each} }}`).join("\n\n")}` : "";
	};
	const [last, first] = [stageBefore(reading, reader), body[0] === reader.stage];
	const earlier = last ? said(last, `What the stage “${last.name}” has said:`) : "";
	if (!first) return earlier;
	const begin = before.length > 0 ? earlier : "";
	return begin + said(body.at(-1), "What the round before ended with, if there was one:");
}

function stageBefore({ order, placed }: StageReading, { stage }: PlacedStage) {
	const { before, body, after, fallback } = order;
	if (stage === fallback?.stage) return body.at(-1);
	const line = [...before, ...body, ...after];
	const at = line.indexOf(stage);
	return placed.stages.length > 0 && at > 0 ? line[at - 1] : undefined;
}

function outputReferences(
	{ placed, order, ...rest }: StageReading,
	{ reader, target }: { reader: PlacedStage; target: PlacedStage },
	field: readonly string[],
): string[] | undefined {
	const isBehind = placed.stages.indexOf(target) >= placed.stages.indexOf(reader);
	const isOfRound = target.level === "body" && reader.level === "body" && isBehind;
	if (isBehind && !isOfRound) return undefined;
	const root = rootOf(target, { isOfRound, isOutside: reader.level !== "body", loopId: placed.loopId });
	const mayMiss = isOfRound || canMiss({ placed, order, ...rest }, target) ? ' ?? ""' : "";
	return target.steps.map(({ id, worker }) => {
		const { text, value } = outputsOf(worker);
		return `${formatPath([...root, id, "output", ...(field.length > 0 ? [value, ...field] : [text])])}${mayMiss}`;
	});
}

function rootOf(
	{ level }: PlacedStage,
	{ isOfRound, isOutside, loopId }: { isOfRound: boolean; isOutside: boolean; loopId: string | undefined },
): string[] {
	if (isOfRound) return ["iteration", "previous"];
	if (level === "body" && isOutside && loopId !== undefined) return ["steps", loopId, "output", "last"];
	return ["steps"];
}

/** Whether a stage may have said nothing when another reads it. */
function canMiss({ placed, order }: StageReading, { stage }: PlacedStage): boolean {
	if (stage.config.on_failure === "continue" || stage === order.fallback?.stage) return true;
	return placed.stages.some((each) => gotoOf(each.stage.config) !== undefined);
}
