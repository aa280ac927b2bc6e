import { Lexer } from "yaml";
import { placeOf } from "../values/text-problem";
import type { YamlProblem } from "./yaml-problem";

const LIMITS = { brackets: 64, indent: 250, indicators: 20, tokens: 60_000, lines: 100_000 } as const;

/** Marks of the lexer that stand for no text of the file. */
const MARKS = new Set(["\u0002", "\u0018", "\u001f"]);

/**
 * Looks for what a workflow's file may not hold before the file is parsed: the parser recurses, and enough brackets
 * can end the process that it runs in. The lexer does not, and reads 2 MB in less than half a second.
 */
export function scanYaml(text: string): YamlProblem | undefined {
	const state: Scan = { brackets: 0, lineStart: 0, indent: undefined, indicators: 0, tokens: 0, isScalar: false };
	const excess = findLine(text, LIMITS.lines);
	if (excess !== undefined)
		return { ...placeOf(text, excess), message: "The file holds too many lines.", expected: "a smaller workflow" };
	let offset = 0;
	for (const token of new Lexer().lex(text)) {
		const refused = checkToken(token, offset - state.lineStart, state);
		if (refused) return { ...placeOf(text, offset), ...refused };
		if (MARKS.has(token)) continue;
		offset += token.length;
		if (token.endsWith("\n")) Object.assign(state, { lineStart: offset, indent: undefined, indicators: 0 });
	}
	return undefined;
}

/** Where the line after so many begins; undefined when there are not as many. */
function findLine(text: string, after: number): number | undefined {
	let start = 0;
	for (let line = 0; line < after; line++) {
		start = text.indexOf("\n", start) + 1;
		if (start === 0) return undefined;
	}
	return start;
}

interface Scan {
	brackets: number;
	/** The offset at which the current line begins. */
	lineStart: number;
	/** The column of the line's first token. */
	indent: number | undefined;
	/** `-`, `?` and `:` so far on this line, outside brackets: each can open a level. */
	indicators: number;
	tokens: number;
	/** The next token is the text of a scalar. */
	isScalar: boolean;
}

type Refusal = Omit<YamlProblem, "line" | "column">;

const TOO_DEEP: Refusal = { message: "This is nested too deeply.", expected: `at most ${LIMITS.brackets} levels` };

function checkToken(token: string, column: number, state: Scan): Refusal | undefined {
	const isScalar = state.isScalar;
	state.isScalar = token === "\u001f";
	if (MARKS.has(token) || (!isScalar && /^\s*$/.test(token))) return undefined;
	state.indent ??= column;
	if (isScalar) return undefined;
	state.tokens += 1;
	if (state.tokens > LIMITS.tokens)
		return { message: "The file holds too many values.", expected: "a smaller workflow" };
	return checkReuse(token) ?? checkDepth(token, state);
}

function checkReuse(token: string): Refusal | undefined {
	if (token.startsWith("*"))
		return { message: "Aliases cannot be used here.", expected: "the value itself, written out" };
	if (token.startsWith("&")) return { message: "Anchors cannot be used here.", expected: "the value without &" };
	if (token.startsWith("%"))
		return { message: "Directives cannot be used here.", expected: "YAML 1.2, without a line that begins with %" };
	return undefined;
}

function checkDepth(token: string, state: Scan): Refusal | undefined {
	if (token === "[" || token === "{") state.brackets += 1;
	if (token === "]" || token === "}") state.brackets = Math.max(0, state.brackets - 1);
	if (state.brackets > LIMITS.brackets) return TOO_DEEP;
	if (state.brackets > 0 || (token !== "-" && token !== "?" && token !== ":")) return undefined;
	state.indicators += 1;
	const isDeep = state.indicators > LIMITS.indicators || (state.indent ?? 0) > LIMITS.indent;
	return isDeep ? TOO_DEEP : undefined;
}
