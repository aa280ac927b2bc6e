import { FatalError } from "../errors";
import { type JsonObject, jsonObjectSchema } from "../plan/json";
import { readJson } from "../plan/read-json";

/** What every command puts out by itself, and a name that no plain object can safely have. */
const RESERVED = new Set(["exitCode", "stdout", "stderr", "__proto__"]);
const MAX_LENGTH = 1_000_000;

/**
 * Reads what a command appended to `$WEFT_OUTPUT`: lines of `name=value`, whose values are text, and lines that are
 * one JSON object each. A later line wins.
 * @throws FatalError with the line that is neither, or that takes a reserved name.
 */
export function readOutputValues(text: string): JsonObject {
	if (Buffer.byteLength(text) >= MAX_LENGTH)
		throw new FatalError("$WEFT_OUTPUT holds more than 1 MB. Write large values to a file of the workspace.");
	const entries = text.split("\n").flatMap((line, index) => readLine(line.replace(/\r$/, ""), index + 1));
	return Object.fromEntries(entries);
}

function readLine(line: string, number: number): [string, JsonObject[string]][] {
	if (line.trim() === "") return [];
	return line.trimStart().startsWith("{") ? readObject(line, number) : [readPair(line, number)];
}

function readPair(line: string, number: number): [string, string] {
	const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(line) ?? [];
	if (name === undefined || value === undefined) throw new FatalError(describeMistake(line, number));
	checkOutputName(name);
	return [name, value];
}

function describeMistake(line: string, number: number): string {
	return `Line ${number} of $WEFT_OUTPUT is neither name=value nor a JSON object: ${line.slice(0, 100)}`;
}

function readObject(line: string, number: number): [string, JsonObject[string]][] {
	const value = parseLine(line, number);
	// zod leaves a `__proto__` out without a word, so the names are looked at first.
	for (const name of Object.keys(Object(value))) checkOutputName(name);
	return Object.entries(jsonObjectSchema.parse(value));
}

function parseLine(line: string, number: number): unknown {
	try {
		return readJson(line);
	} catch (error) {
		const reason = error instanceof Error ? error.message : "";
		throw new FatalError(`Line ${number} of $WEFT_OUTPUT is no JSON object. ${reason}`);
	}
}

function checkOutputName(name: string): void {
	if (!RESERVED.has(name)) return;
	throw new FatalError(`An output cannot be named “${name}”: the name is taken. Choose another one.`);
}
