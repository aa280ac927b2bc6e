import { RE2JS, RE2JSException } from "re2js";
import { cacheByText } from "./text-cache";

/** Instructions of a compiled pattern times characters of the text, for one unit of work. */
const STEPS_PER_UNIT = 20;
const MAX_PATTERN_LENGTH = 1_000;

/**
 * Whether a text holds a match of an RE2 pattern, as CEL's `matches` asks. It takes time in proportion to the pattern
 * and the text, never more (JavaScript's own expressions backtrack).
 * @param spend told before the work begins how much there will be
 * @throws Error when the pattern cannot be read
 */
export function findMatch(text: string, pattern: string, spend: (units: number) => void): boolean {
	const compiled = compile(pattern);
	spend((text.length * compiled.programSize()) / STEPS_PER_UNIT);
	return compiled.matcher(text).find();
}

const compile = cacheByText((pattern) => {
	if (pattern.length > MAX_PATTERN_LENGTH)
		throw new Error(`A pattern of matches holds at most ${MAX_PATTERN_LENGTH} characters.`);
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		if (!(error instanceof RE2JSException)) throw error;
		throw new Error(`matches cannot read the pattern “${pattern.slice(0, 60)}”: ${error.message}.`);
	}
}, 100_000);
