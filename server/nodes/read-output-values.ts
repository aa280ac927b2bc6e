import { FatalError } from "../errors";
import { type Json, type JsonObject, jsonObjectSchema } from "../plan/values/json";
import { explainJsonError, readJson } from "../plan/values/read-json";

/** What every command puts out by itself, and a name that no plain object can safely have. */
const RESERVED = new Set(["exitCode", "stdout", "stderr", "__proto__"]);
const MAX_LENGTH = 1_000_000;
const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const PAIR = new RegExp(`^\\s*(${NAME})=(.*)$`, "s");
const BLOCK = new RegExp(`^\\s*(${NAME})<<(.*)$`, "s");

type Entry = [name: string, value: Json];

/** What has been read up to a line, which is the next to be read. */
interface Reading {
	entries: Entry[];
	next: number;
}

/**
 * Reads what a command appended to `$WEFT_OUTPUT`: lines of `name=value`, whose values are text; text over several
 * lines as `name<<END`, the lines, `END`; and JSON objects, each on one line or several. A later value wins.
 * @throws FatalError with the line that is none of these, or that takes a reserved name.
 */
export function readOutputValues(text: string): JsonObject {
	if (Buffer.byteLength(text) >= MAX_LENGTH)
		throw new FatalError("$WEFT_OUTPUT holds more than 1 MB. Write large values to a file of the workspace.");
	const lines = text.split(/\r?\n/);
	const entries: Entry[] = [];
	for (let at = 0; at < lines.length; ) {
		const read = readAt(lines, at);
		entries.push(...read.entries);
		at = read.next;
	}
	for (const [name] of entries) checkOutputName(name);
	return Object.fromEntries(entries);
}

function readAt(lines: readonly string[], at: number): Reading {
	const line = lines[at] ?? "";
	if (line.trim() === "") return { entries: [], next: at + 1 };
	if (line.trimStart().startsWith("{")) return readObjects(lines, at);
	const [, blockName, behind = ""] = BLOCK.exec(line) ?? [];
	const end = behind.trim();
	if (blockName !== undefined && end !== "") return readBlock(lines, at, { name: blockName, end });
	const [, name, value] = PAIR.exec(line) ?? [];
	if (name === undefined || value === undefined) throw mistake(at, explainLine(line));
	return { entries: [[name, value]], next: at + 1 };
}

function readBlock(lines: readonly string[], at: number, block: { name: string; end: string }): Reading {
	const end = lines.indexOf(block.end, at + 1);
	if (end < 0) throw mistake(at, `begins ${block.name}<<${block.end}, and no later line is ${block.end} alone.`);
	return { entries: [[block.name, lines.slice(at + 1, end).join("\n")]], next: end + 1 };
}

/** One object, or several one after the other, to the end of the line on which the last of them ends. */
function readObjects(lines: readonly string[], at: number): Reading {
	const entries: Entry[] = [];
	let reader = new ObjectReader();
	for (let next = at; next < lines.length; next++) {
		for (const rest of `${lines[next]}\n`) {
			if (reader.isEmpty && rest.trim() === "") continue;
			if (!reader.take(rest)) continue;
			entries.push(...parseObject(reader.text, at));
			reader = new ObjectReader();
		}
		if (reader.isEmpty) return { entries, next: next + 1 };
		if (!reader.isObject) throw mistake(next, explainLine(reader.text.trim()));
	}
	throw mistake(at, "begins a JSON object that is never closed.");
}

/** Finds where a JSON object ends, a character at a time, so that however many lines it has each is read once. */
class ObjectReader {
	text = "";
	/** Kept apart from the text, which is put together from its pieces once, at the end. */
	isObject = false;
	private depth = 0;
	private inText = false;
	private isEscaped = false;

	get isEmpty(): boolean {
		return this.text === "";
	}

	/** Returns whether this character closed the object. */
	take(character: string): boolean {
		if (this.isEmpty) this.isObject = character === "{";
		this.text += character;
		if (this.inText) this.takeInText(character);
		else if (character === '"') this.inText = true;
		else if (character === "{" || character === "[") this.depth++;
		else if (character === "}" || character === "]") this.depth--;
		return this.isObject && this.depth === 0;
	}

	private takeInText(character: string): void {
		if (this.isEscaped) this.isEscaped = false;
		else if (character === "\\") this.isEscaped = true;
		else if (character === '"') this.inText = false;
	}
}

function parseObject(text: string, at: number): Entry[] {
	const value = parse(text, at);
	// zod leaves a `__proto__` out without a word, so the names are looked at first.
	for (const name of Object.keys(Object(value))) checkOutputName(name);
	return Object.entries(jsonObjectSchema.parse(value));
}

function parse(text: string, at: number): unknown {
	try {
		return readJson(text);
	} catch (error) {
		throw mistake(at, `begins what is no JSON object. ${explainJsonError(error)}`);
	}
}

function mistake(at: number, message: string): FatalError {
	return new FatalError(`Line ${at + 1} of $WEFT_OUTPUT ${message}`);
}

function explainLine(line: string): string {
	const shown = line.slice(0, 100);
	const [, name] = /^\s*([^=<]*?)\s*(?:=|<<)/.exec(line.slice(0, 200)) ?? [];
	if (name !== undefined && name !== "")
		return `has a name that an output cannot have (letters, digits, _ and -, with no digit in front): ${shown}`;
	return `is neither name=value, name<<END nor a JSON object: ${shown}`;
}

function checkOutputName(name: string): void {
	if (!RESERVED.has(name)) return;
	throw new FatalError(`An output cannot be named “${name}”: the name is taken. Choose another one.`);
}
