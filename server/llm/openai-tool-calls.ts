import type OpenAI from "openai";
import { jsonObjectSchema } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import type { LlmToolCall } from "./messages";
import type { LlmOptions } from "./provider";

type Piece = OpenAI.Chat.ChatCompletionChunk.Choice.Delta.ToolCall;

interface Draft {
	/** Undefined where the server sends none. */
	id: string | undefined;
	index: number;
	name: string;
	text: string;
}

/**
 * Puts the calls of an answer together from their pieces. Servers differ: all calls may come under index 0, ids may be
 * missing or be repeated, and a call may come whole or in pieces.
 * @param place of the answer in its conversation, so that made up ids are unique
 */
export function createToolCalls(place: number, { onToolInput }: LlmOptions) {
	const drafts: Draft[] = [];
	return {
		add(piece: Piece): void {
			const draft = draftFor(drafts, piece);
			draft.name ||= piece.function?.name ?? "";
			const text = piece.function?.arguments ?? "";
			draft.text += text;
			if (text !== "") onToolInput?.({ index: drafts.indexOf(draft), name: draft.name, text });
		},
		end(): LlmToolCall[] {
			const taken = new Set<string>();
			return drafts.map(({ id, name, text }, index) => {
				const unique = id !== undefined && !taken.has(id) ? id : `call_${place}_${index}`;
				taken.add(unique);
				return { id: unique, name, ...readInput(text) };
			});
		},
	};
}

function draftFor(drafts: Draft[], piece: Piece): Draft {
	const index = piece.index ?? 0;
	const current = drafts.findLast((draft) => draft.index === index);
	if (current !== undefined && !beginsAnother(current, piece)) return current;
	const draft = { id: piece.id || undefined, index, name: "", text: "" };
	drafts.push(draft);
	return draft;
}

/** Another call begins under the same index with another id, or with a name after the input of the last one is whole. */
function beginsAnother(current: Draft, { id, function: called }: Piece): boolean {
	if (id && current.id !== undefined) return id !== current.id;
	return Boolean(called?.name) && tryReadJson(current.text) !== undefined;
}

/** The input of a call as an object; what is none is told, so that the model can be. */
function readInput(text: string): Pick<LlmToolCall, "input" | "problem"> {
	if (text.trim() === "") return { input: {} };
	const { data } = jsonObjectSchema.safeParse(tryReadJson(text));
	return data === undefined ? { input: {}, problem: "The input is no JSON object." } : { input: data };
}
