import { isObject, type JsonObject, jsonSchema } from "@/server/plan/values/json";

/** Characters of a line, beyond which it is left out. */
const MAX_LINE = 4_000_000;

interface Lines {
	/** A line that is a JSON object. */
	onEvent(event: JsonObject): void;
	/** A line that is none, or too long; without its end. */
	onOther(text: string): void;
}

/** Reads JSON lines that arrive in pieces. */
export function createLineReader({ onEvent, onOther }: Lines): { add(text: string): void; end(): void } {
	let pieces: string[] = [];
	let length = 0;

	function take(): void {
		const line = pieces.join("").trim();
		const isWhole = length <= MAX_LINE;
		pieces = [];
		length = 0;
		if (!isWhole) {
			onOther("A line of more than 4 MB was left out.");
			return;
		}
		if (line === "") return;
		const event = parse(line);
		if (event === undefined) onOther(line);
		else onEvent(event);
	}

	return {
		add(text) {
			const parts = text.split("\n");
			for (const [index, part] of parts.entries()) {
				length += part.length;
				if (length <= MAX_LINE) pieces.push(part);
				else pieces = [];
				if (index < parts.length - 1) take();
			}
		},
		end: take,
	};
}

function parse(line: string): JsonObject | undefined {
	if (!line.startsWith("{")) return undefined;
	try {
		const value = jsonSchema.parse(JSON.parse(line));
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
