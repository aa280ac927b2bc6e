import type OpenAI from "openai";
import { jsonObjectSchema } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import { createJsonEnd } from "./json-end";
import { limitToolInput } from "./limit-tool-input";
import type { LlmToolCall } from "./messages";
import type { LlmOptions } from "./provider";

type Piece = OpenAI.Chat.ChatCompletionChunk.Choice.Delta.ToolCall;

interface Draft {
	/** Undefined where the server sends none. */
	id: string | undefined;
	place: number;
	name: string;
	text: string;
	readEnd: ReturnType<typeof createJsonEnd>;
	/** Whether the text can be whole. */
	isAtEnd: boolean;
	/** Whether it is, once somebody has had to know: white space at its end changes nothing. */
	isWhole?: boolean;
}

/**
 * Puts the calls of an answer together from their pieces. Servers differ: all calls may come under index 0, ids may be
 * missing or be repeated, and a call may come whole or in pieces.
 * @param place of the answer in its conversation, so that made up ids are unique
 */
export function createToolCalls(place: number, options: LlmOptions) {
	const drafts: Draft[] = [];
	/** The last one under each index of the server's. */
	const current = new Map<number, Draft>();
	const takeInput = limitToolInput(options);

	function draftFor(piece: Piece): Draft {
		const index = piece.index ?? 0;
		const last = current.get(index);
		if (last !== undefined && !beginsAnother(last, piece)) return last;
		const draft = createDraft(piece, drafts.length);
		drafts.push(draft);
		current.set(index, draft);
		return draft;
	}

	return {
		add(piece: Piece): void {
			const draft = draftFor(piece);
			draft.name ||= piece.function?.name ?? "";
			const text = piece.function?.arguments ?? "";
			takeInput({ index: draft.place, name: draft.name, text });
			draft.text += text;
			draft.isAtEnd = draft.readEnd(text);
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

function createDraft({ id }: Piece, place: number): Draft {
	return { id: id || undefined, place, name: "", text: "", readEnd: createJsonEnd(), isAtEnd: false };
}

/** Another call begins under the same index with another id, or with a name after the input of the last one is whole. */
function beginsAnother(current: Draft, { id, function: called }: Piece): boolean {
	if (id && current.id !== undefined) return id !== current.id;
	if (!called?.name || !current.isAtEnd) return false;
	current.isWhole ??= tryReadJson(current.text) !== undefined;
	return current.isWhole;
}

/** The input of a call as an object; what is none is told, so that the model can be. */
function readInput(text: string): Pick<LlmToolCall, "input" | "problem"> {
	if (text.trim() === "") return { input: {} };
	const { data } = jsonObjectSchema.safeParse(tryReadJson(text));
	return data === undefined ? { input: {}, problem: "The input is no JSON object." } : { input: data };
}
