import type { Json } from "@/server/plan/values/json";
import { ask, isAnswerTo, readAnswer, SHOWN, shorten } from "../ask";
import type { StepQuestion } from "../execute-context";
import type { WaitAnswer } from "../wait";
import { withoutInvisible, written } from "../written";
import { titleOf } from "./agents";
import { nameInLine } from "./recorder";
import type { Work } from "./work";

const NOTE = { name: "note", type: "textarea", label: "Anything it should know", required: false } as const;
const UNANSWERED = "No answer came in time.";

/** Asks somebody about the last thing that the agent wants to do; undefined where it wants nothing. */
export function questionOf({ config, recorder: { state } }: Work): StepQuestion | undefined {
	const { asked } = state;
	if (asked === undefined) return undefined;
	// What it wants comes last: nothing that stands in it looks like a word of Weft about it.
	const input = shorten(inputToShow(asked.input), SHOWN);
	const name = withoutInvisible(nameInLine(asked.name));
	const message = `${titleOf(config.agent)} asks: may it use ${name}?\n\n${input}`;
	return ask(config, { by: "permission", message, fields: [{ ...NOTE }], question: asked.id });
}

/** The input of a call as whoever is asked reads it. */
export function inputToShow(input: Json): string {
	return withoutInvisible(written(input));
}

/** Records what was decided; an answer to anything else is dropped. */
export async function takeDecision({ recorder }: Work, answer: WaitAnswer | null): Promise<void> {
	if (answer === null) return;
	const { asked } = recorder.state;
	if (asked !== undefined && isAnswerTo(answer, asked.id)) {
		const given = readAnswer(answer);
		const note = given === undefined ? UNANSWERED : typeof given.values.note === "string" ? given.values.note : "";
		recorder.add({
			kind: "decision",
			...{ id: asked.id, allowed: given?.isApproved ?? false, by: given?.by ?? "The step" },
			...(note !== "" && { note }),
		});
	}
	await recorder.flush({ takesAnswer: true });
}
