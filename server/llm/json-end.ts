/**
 * Follows a JSON text that arrives in pieces. What it returns takes the next piece and tells whether the text so far can
 * be whole: a list, an object or a text has been closed, and nothing but white space came after it.
 */
export function createJsonEnd(): (piece: string) => boolean {
	let depth = 0;
	let isText = false;
	let isEscaped = false;
	let end: "open" | "closed" | "overrun" = "open";

	function readInText(character: string): void {
		if (isEscaped) isEscaped = false;
		else if (character === "\\") isEscaped = true;
		else if (character === '"') {
			isText = false;
			if (depth === 0) end = "closed";
		}
	}

	function read(character: string): void {
		if (isText) readInText(character);
		else if (end !== "open") end = /\s/.test(character) ? end : "overrun";
		else if (character === '"') isText = true;
		else if (character === "{" || character === "[") depth += 1;
		else if (character === "}" || character === "]") {
			depth -= 1;
			if (depth <= 0) end = "closed";
		}
	}

	return (piece) => {
		for (const character of piece) read(character);
		return end === "closed";
	};
}
