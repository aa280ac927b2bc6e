import { isObject, type Json } from "@/server/plan/values/json";
import { type TranscriptEntry, transcriptEntrySchema } from "@/server/runs/coding-transcript";
import type { PatchFile, PatchLine } from "./read-patch";

type EntryOf<Kind extends TranscriptEntry["kind"]> = Extract<TranscriptEntry, { kind: Kind }>;

/** What is shown of a conversation: a call with its result, a question with its answer, and what was said in between. */
export type Remark =
	| EntryOf<"started" | "prompt" | "text" | "thinking" | "notice" | "ended" | "outcome">
	| (EntryOf<"call"> & { result: EntryOf<"result"> | undefined })
	| (EntryOf<"permission"> & { decision: EntryOf<"decision"> | undefined });

/** Reads a transcript, a JSON object a line. What this version does not know, and a last line that was cut, is left out. */
export function readConversation(transcript: string): Remark[] {
	const entries = transcript.split("\n").flatMap((line) => {
		const parsed = transcriptEntrySchema.safeParse(readJson(line));
		return parsed.success ? [parsed.data] : [];
	});
	const results = new Map(entries.flatMap((entry) => (entry.kind === "result" ? [[entry.id, entry] as const] : [])));
	const decisions = new Map(
		entries.flatMap((entry) => (entry.kind === "decision" ? [[entry.id, entry] as const] : [])),
	);
	return entries.flatMap((entry): Remark[] => {
		switch (entry.kind) {
			case "result":
			case "decision":
			case "session":
			case "usage":
				return [];
			case "call":
				return [{ ...entry, result: results.get(entry.id) }];
			case "permission":
				return [{ ...entry, decision: decisions.get(entry.id) }];
			default:
				return [entry];
		}
	});
}

function readJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** The fields in which the programs name a text and what takes its place. */
const EDITS = [
	["old_string", "new_string"],
	["old_str", "new_str"],
	["oldText", "newText"],
	["before", "after"],
] as const;

/** The input of a call that changes a text, as a change of its file; undefined for any other. */
export function readEdit(input: Json): PatchFile | undefined {
	if (!isObject(input)) return undefined;
	for (const [from, to] of EDITS) {
		const [before, after] = [input[from], input[to]];
		if (typeof before !== "string" || typeof after !== "string") continue;
		const lines = [...linesOf("removed", before), ...linesOf("added", after)];
		return { path: pathIn(input), isBinary: false, hunks: [{ head: "", lines }], lineCount: lines.length };
	}
	return undefined;
}

function linesOf(kind: "added" | "removed", text: string): PatchLine[] {
	if (text === "") return [];
	return text
		.split("\n")
		.map((line, index) => ({ kind, text: line, [kind === "added" ? "after" : "before"]: index + 1 }));
}

function pathIn(input: Readonly<Record<string, Json>>): string {
	const path = input.file_path ?? input.path ?? input.filePath;
	return typeof path === "string" ? path : "a file";
}
