import { z } from "zod";
import { asJson } from "@/server/plan/values/json";
import type { Usage } from "../../runs/events";
import { isAnswerTo } from "../ask";
import type { ExecuteContext } from "../execute-context";
import type { WaitAnswer } from "../wait";
import type { Verdict } from "./rules";

/** What is recorded on the way to the one that is taken, so that no judge is paid twice and nobody asked again. */
const entrySchema = z.discriminatedUnion("kind", [
	/** What the rule or the judge prefers. */
	z.object({ kind: z.literal("verdict"), name: z.string().nullable(), reason: z.string() }),
	z.object({ kind: z.literal("chosen"), name: z.string().nullable(), by: z.string(), reason: z.string() }),
	/** Its changes do not fit on what is there by now. */
	z.object({ kind: z.literal("unfit"), name: z.string(), problem: z.string() }),
	/** An answer to another question. */
	z.object({ kind: z.literal("dropped") }),
]);
type Entry = z.infer<typeof entrySchema>;
export type Chosen = Omit<Extract<Entry, { kind: "chosen" }>, "kind">;

/** How far the choice is: follows from what is recorded. */
export interface Choice {
	verdict: Verdict | undefined;
	chosen: Chosen | undefined;
	/** Of the one that was chosen last, and could not be merged. */
	unfit: { name: string; problem: string } | undefined;
	/** The names of all that could not be merged. */
	unfitNames: Set<string>;
	/** Names the question that is asked now. */
	question: string;
	/** The answer to it. */
	answer: WaitAnswer | null;
	record(entry: Entry, told?: { usage?: Usage[]; takesAnswer?: boolean }): Promise<void>;
}

export async function openChoice({ transcript }: ExecuteContext): Promise<Choice> {
	const { entries, answer } = await transcript.read();
	const choice: Choice = {
		...{ verdict: undefined, chosen: undefined, unfit: undefined, unfitNames: new Set<string>() },
		...{ question: "choice 1", answer },
		async record(entry, told = {}) {
			await transcript.append(asJson(entry), told);
			if (told.takesAnswer) choice.answer = null;
			apply(choice, entry);
		},
	};
	for (const entry of entries) apply(choice, entrySchema.parse(entry));
	if (answer !== null && !isAnswerTo(answer, choice.question))
		await choice.record({ kind: "dropped" }, { takesAnswer: true });
	return choice;
}

function apply(choice: Choice, entry: Entry): void {
	switch (entry.kind) {
		case "verdict":
			choice.verdict = entry;
			break;
		case "chosen":
			choice.chosen = entry;
			break;
		case "unfit":
			choice.chosen = undefined;
			choice.unfit = entry;
			choice.unfitNames.add(entry.name);
			choice.question = `choice ${Number(choice.question.split(" ")[1]) + 1}`;
			break;
		case "dropped":
	}
}
