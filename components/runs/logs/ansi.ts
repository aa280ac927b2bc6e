/** A piece of a log line in one colour. */
export interface AnsiSpan {
	text: string;
	tone?: "red" | "green" | "yellow" | "blue" | "faint";
}

const TONES: Readonly<Record<number, AnsiSpan["tone"]>> = {
	31: "red",
	32: "green",
	33: "yellow",
	34: "blue",
	35: "blue",
	36: "blue",
	90: "faint",
	91: "red",
	92: "green",
	93: "yellow",
	94: "blue",
	95: "blue",
	96: "blue",
	2: "faint",
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in escape characters
const ESCAPE = /\u001b(?:\[([\d;]*)([A-Za-z])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.?)/g;

/** Splits what a program wrote for a terminal into coloured pieces; other control sequences are left out. */
export function parseAnsi(line: string): AnsiSpan[] {
	const text = line.slice(line.lastIndexOf("\r", line.length - 2) + 1);
	if (!text.includes("\u001b")) return [{ text }];
	const spans: AnsiSpan[] = [];
	let tone: AnsiSpan["tone"];
	let from = 0;
	const push = (end: number) => {
		if (end > from) spans.push(tone ? { text: text.slice(from, end), tone } : { text: text.slice(from, end) });
	};
	for (const match of text.matchAll(ESCAPE)) {
		push(match.index);
		from = match.index + match[0].length;
		if (match[2] === "m") tone = nextTone(tone, match[1] ?? "");
	}
	push(text.length);
	return spans;
}

function nextTone(tone: AnsiSpan["tone"], codes: string): AnsiSpan["tone"] {
	for (const code of codes.split(";").map(Number)) {
		if (code === 0 || code === 39 || code === 22) tone = undefined;
		else tone = TONES[code] ?? tone;
	}
	return tone;
}

/** The line without its colours: what is searched and downloaded. */
export function plainText(line: string): string {
	return parseAnsi(line)
		.map((span) => span.text)
		.join("");
}
