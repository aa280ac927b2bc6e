import { type PlanChange, planChangeSchema } from "@/server/plan/changes/plan-change";

/** What an answer is made of: changes, a line of JSON each, and lines of text around them. */
export type AnswerPart =
	| { type: "change"; change: PlanChange }
	| { type: "text"; text: string }
	/** It meant a change that cannot be read. */
	| { type: "problem"; message: string };

/** Longer than any change that somebody wants to look at. */
const MAX_CHANGE = 100_000;
/** Beyond these nothing more of an answer is taken. */
const MAX_PARTS = 1_000;

/** Reads an answer while it comes: each part is told as soon as its line is whole. */
export function createAnswerReader(tell: (part: AnswerPart) => void) {
	let rest = "";
	/** A change that was begun and goes on over several lines. */
	let open = "";
	let parts = 0;
	const emit = (part: AnswerPart) => {
		parts += 1;
		if (parts <= MAX_PARTS) tell(part);
	};
	const close = () => {
		if (open !== "") emit({ type: "problem", message: `This is no whole line of JSON: ${open.slice(0, 200)}` });
		open = "";
	};
	const takeLine = (line: string) => {
		const text = line.trim();
		if (open !== "" && !text.startsWith('{"do"')) {
			open = `${open}\n${text}`;
			const part = readChange(open);
			if (part) emit(part);
			if (part) open = "";
			else if (open.length > MAX_CHANGE) close();
			return;
		}
		close();
		if (text.startsWith("{")) {
			const part = readChange(text);
			if (part) emit(part);
			else open = text;
		} else if (text !== "" && !IS_FRAME.test(text)) emit({ type: "text", text });
	};
	return {
		feed: (piece: string) => {
			const lines = `${rest}${piece}`.split("\n");
			rest = (lines.pop() ?? "").slice(0, MAX_CHANGE);
			for (const line of lines) takeLine(line);
		},
		end: () => {
			if (rest !== "") takeLine(rest);
			rest = "";
			close();
		},
	};
}

/** What models put around a list of lines. */
const IS_FRAME = /^(```\w*|\[|\],?)$/;

/** Undefined while the JSON is not whole. */
function readChange(text: string): AnswerPart | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/,$/, ""));
	} catch {
		return undefined;
	}
	const { data, error } = planChangeSchema.safeParse(value);
	if (data) return { type: "change", change: data };
	const [first] = error.issues;
	const where = first?.path.join(".") || "do";
	return { type: "problem", message: `${where}: ${first?.message ?? "unknown"} in ${text.slice(0, 300)}` };
}
