import { z } from "zod";

const NAME_WIDTH = 10;
/** Lines of pino: the launcher shows them to people, so they become text. */
const entrySchema = z.looseObject({ level: z.string(), time: z.number(), msg: z.string().default("") });
const HIDDEN = ["level", "time", "msg", "part"];

/** Prints one line of one part of the program, its name before it. */
export function printLine(name: string, line: string): void {
	process.stdout.write(`${name.padEnd(NAME_WIDTH)}${line}\n`);
}

/** Calls back for each complete line of a stream, and for what stands after the last one at its end. */
export function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
	let rest = "";
	stream.setEncoding("utf8");
	stream.on("data", (chunk: string) => {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) onLine(line);
	});
	stream.on("end", () => {
		if (rest !== "") onLine(rest);
	});
}

/** A JSON log line as `12:03:11 warn  message key=value`; any other line as it is. */
export function formatLine(line: string): string {
	if (!line.startsWith("{")) return line;
	const entry = entrySchema.safeParse(parseJson(line));
	if (!entry.success) return line;
	const { level, time, msg, ...rest } = entry.data;
	const details = Object.entries(rest)
		.filter(([name]) => !HIDDEN.includes(name))
		.map(([name, value]) => `${name}=${formatValue(value)}`);
	const clock = new Date(time).toTimeString().slice(0, 8);
	return [clock, level.padEnd(5), msg, ...details].join(" ");
}

function formatValue(value: unknown): string {
	if (typeof value === "object" && value !== null && "stack" in value) {
		const cause = "cause" in value ? `\ncaused by: ${formatValue(value.cause)}` : "";
		return `${value.stack}${cause}`;
	}
	return typeof value === "string" ? value : JSON.stringify(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
