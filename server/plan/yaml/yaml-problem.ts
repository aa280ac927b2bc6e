import type { ErrorCode } from "yaml";
import { shorten } from "../values/text-problem";

/** A mistake in a YAML file, with its place. Lines and columns count from 1. */
export interface YamlProblem {
	line: number;
	column: number;
	/** What is wrong, in one plain sentence. */
	message: string;
	/** What should stand there instead, where that helps. */
	expected?: string;
}

type Explanation = readonly [message: string, expected: string];

/** The parser speaks about its grammar; this says the same to a person. */
const SYNTAX: Partial<Record<ErrorCode, Explanation>> = {
	BAD_COLLECTION_TYPE: ["This tag does not fit its value.", "a value without a tag"],
	BAD_DQ_ESCAPE: ["This backslash sequence does not exist in a quoted text.", "\\\\ for a backslash, or single quotes"],
	BAD_INDENT: ["This line is not indented like its neighbours.", "the same number of spaces as the entries beside it"],
	BAD_PROP_ORDER: ["This is in the wrong order.", "the value after its key"],
	BAD_SCALAR_START: ["A text cannot begin with this character.", "the text in quotes"],
	BLOCK_AS_IMPLICIT_KEY: [
		"A second key stands on this line.",
		"one key on a line, or quotes around a text with a colon",
	],
	BLOCK_IN_FLOW: ["A list or map by indentation is inside brackets.", "brackets inside brackets"],
	DUPLICATE_KEY: ["This key is used twice.", "each key once"],
	KEY_OVER_1024_CHARS: ["This key is too long.", "a key of at most 1,024 characters"],
	MISSING_CHAR: [
		"Something is missing here.",
		"matching indentation, a closing quote or bracket, a comma, or a space after a colon",
	],
	MULTILINE_IMPLICIT_KEY: ["This key goes over several lines.", "a key on one line, followed by a colon"],
	MULTIPLE_DOCS: ["The file contains a second YAML document.", "one workflow in a file, without --- inside"],
	NON_STRING_KEY: ["This key is not text.", "a name, in quotes if it is a number, true, false or null"],
	TAB_AS_INDENT: ["This line is indented with a tab.", "spaces"],
	TAG_RESOLVE_FAILED: ["Tags such as !!binary have no meaning here.", "a value without a tag"],
	UNEXPECTED_TOKEN: ["This is not expected here.", "a key followed by a colon, or an entry that begins with -"],
	RESOURCE_EXHAUSTION: ["This is nested too deeply.", "at most 64 levels"],
};

/** A reference without quotes: YAML reads its braces as a map inside a map. */
export function explainBraces(text: string, offset: number): Omit<YamlProblem, "line" | "column"> | undefined {
	if (!text.startsWith("{{", offset - 1)) return undefined;
	const written = takeReferences(text.slice(offset - 1, offset + 199).split("\n", 1)[0] ?? "");
	const quote = written.includes('"') ? "'" : '"';
	return { message: "A text with {{ }} stands in quotes.", expected: `${quote}${shorten(written)}${quote}` };
}

/** Without the brackets around it in a line such as `config: { value: {{ inputs.x }} }`. */
function takeReferences(line: string): string {
	let end = line.length;
	while (end > 0 && " \t\r]},".includes(line[end - 1] ?? "")) end -= 1;
	const taken = line.slice(0, end);
	return taken.lastIndexOf("{{") > taken.lastIndexOf("}}") ? `${taken} }}` : taken;
}

export function explainSyntax(code: ErrorCode): Omit<YamlProblem, "line" | "column"> {
	const [message, expected] = SYNTAX[code] ?? ["This is not valid YAML.", "a key followed by a colon"];
	return { message, expected };
}
