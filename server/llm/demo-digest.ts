import type { Json } from "../plan/values/json";
import { isDeeperThan } from "../plan/values/json-depth";
import { shorten } from "../plan/values/text-problem";

/** What the demo provider understood of a prompt. */
export interface Digest {
	/** One sentence about the whole. */
	headline: string;
	/** The lines that matter most, in their order. */
	lines: string[];
	/** How many lines tell of a problem. */
	problems: number;
	/** The numbers in those lines, then in the rest. */
	numbers: number[];
	/** The whole material in lower case, to look for words in. */
	words: string;
}

const MAX_LINES = 6;
const MAX_LINE_LENGTH = 160;
const MAX_MATERIAL = 200_000;
/** More of a line is not looked at. */
const MAX_LINE_READ = 2_000;
const MAX_DEPTH = 50;

const PROBLEM =
	/\b(fail(ed|ure|s|ing)?|errors?|exception|critical|fatal|down|timed? ?out|refused|denied|unhealthy|broken|missing|panic)\b/i;
const NO_PROBLEM =
	/\b(no|0|zero|without)\s+(\w+\s+)?(fail\w*|errors?|exceptions?|problems?)\b|\b(fail\w*|errors?)["']?\s*[:=]\s*(0|false|null|none)\b/i;
const WARNING = /\b(warn(ing|ings)?|slow|retr(y|ied|ies|ying)|skipped|degraded|deprecated)\b/i;
const SUCCESS = /\b(pass(ed|es)?|ok|success(ful|fully)?|succeeded|healthy|completed?|done|green|deployed)\b/i;
const INSTRUCTION =
	/^(please|you are|write|summari[sz]e|explain|describe|list|answer|tell|give|say|draft|review|classify|translate|in (one|two|three|four|five|a few)|keep it|be (brief|short))\b/i;

/** Reads a prompt for what a reader would want to know first: what failed, what was counted, what is named. */
export function digest(prompt: string): Digest {
	const lines = materialOf(prompt);
	const told = lines.map((text, index) => ({ text, index, weight: weigh(text) - index / 1_000 }));
	const kept = [...told]
		.sort((a, b) => b.weight - a.weight)
		.slice(0, MAX_LINES)
		.sort((a, b) => a.index - b.index)
		.map(({ text }) => shorten(text, MAX_LINE_LENGTH));
	const problems = lines.filter(mentionsProblem).length;
	return {
		headline: headlineOf(lines.length, problems),
		lines: kept,
		problems,
		numbers: numbersIn([...kept, ...lines].join("\n")),
		words: lines.join("\n").toLowerCase(),
	};
}

function headlineOf(count: number, problems: number): string {
	if (count === 0) return "There was nothing to read in the prompt.";
	if (count === 1) return `The one line tells of ${problems === 0 ? "no" : "a"} problem.`;
	if (problems === 0) return `None of the ${count} lines tells of a problem.`;
	return `${problems} of the ${count} lines ${problems === 1 ? "tells" : "tell"} of a problem.`;
}

function materialOf(prompt: string): string[] {
	const lines = flattenJson(prompt.slice(0, MAX_MATERIAL))
		.split("\n")
		.map((line) =>
			line
				.replace(/^[\s#>*•-]+/, "")
				.trim()
				.slice(0, MAX_LINE_READ),
		)
		.filter((line) => /[\p{L}\p{N}]/u.test(line));
	const material = lines.filter((line) => !line.endsWith(":")).flatMap(dropInstruction);
	return material.length > 0 ? material : lines;
}

/** `Summarise this report: 12 passed` is about `12 passed`. */
function dropInstruction(line: string): string[] {
	if (!INSTRUCTION.test(line)) return [line];
	const after = /:\s*(\S.*)$/.exec(line)?.[1];
	return after === undefined ? [] : [after];
}

/** JSON in a prompt becomes lines of `name: value`. */
function flattenJson(prompt: string): string {
	return prompt
		.split("\n")
		.map((line) => flattenLine(line))
		.join("\n");
}

function flattenLine(line: string): string {
	const start = line.search(/[[{]/);
	if (start === -1) return line;
	try {
		const value: Json = JSON.parse(line.slice(start));
		if (isDeeperThan(value, MAX_DEPTH)) return line;
		const title = line.slice(0, Math.min(start, MAX_LINE_READ)).replace(/[:\s]+$/, "");
		return listLeaves(value, INSTRUCTION.test(title) ? "" : title).join("\n");
	} catch {
		return line;
	}
}

function listLeaves(value: Json, path: string): string[] {
	if (typeof value !== "object" || value === null) {
		return String(value)
			.split("\n")
			.map((text) => (path === "" ? text : `${path}: ${text}`));
	}
	return Object.entries(value).flatMap(([key, item]) =>
		listLeaves(item, Array.isArray(value) ? `${path} ${Number(key) + 1}`.trim() : `${path} ${key}`.trim()),
	);
}

function weigh(line: string): number {
	const signals = [
		mentionsProblem(line) ? 6 : 0,
		WARNING.test(line) ? 4 : 0,
		SUCCESS.test(line) ? 2 : 0,
		/\d/.test(line) ? 2 : 0,
		/^[\w .-]{2,40}[:=]\s*\S/.test(line) ? 1 : 0,
		line.length < 4 ? -3 : 0,
	];
	return signals.reduce((sum, signal) => sum + signal, 0);
}

function mentionsProblem(line: string): boolean {
	return PROBLEM.test(line) && !NO_PROBLEM.test(line);
}

/** Numbers that stand for themselves: no part of a name, a version or a time. */
function numbersIn(text: string): number[] {
	return [...text.matchAll(/[\w.]+/g)].flatMap(({ 0: word, index }) => {
		const [digits] = /^\d+(?:\.\d+)?/.exec(word) ?? [];
		if (digits === undefined || /[A-Za-z]/.test(word)) return [];
		const isNegative = text[index - 1] === "-" && !/[\w.]/.test(text[index - 2] ?? " ");
		return [Number(digits) * (isNegative ? -1 : 1)];
	});
}
