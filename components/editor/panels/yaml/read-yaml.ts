import { catalog } from "@/server/nodes/catalog";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { parseWorkflowYaml, type WorkflowFile } from "@/server/plan/yaml/plan-yaml";
import type { YamlProblem } from "@/server/plan/yaml/yaml-problem";
import { findNodeLines, type LineRange } from "./node-lines";

/** A problem with its place in the text: from one offset to another, and as people say it. */
export interface YamlMark {
	severity: "error" | "warning";
	from: number;
	to: number;
	line: number;
	column: number;
	message: string;
	/** What should stand in the place of the marked text. */
	fix?: string;
}

/** What a text says as a workflow. */
export interface YamlReading {
	/** Nothing while the text is no workflow. */
	file: WorkflowFile | undefined;
	/** Whether it describes stages: applied, it is written as the plan that they become. */
	isOfStages: boolean;
	marks: YamlMark[];
	/** The lines of each step, while the text can be read. */
	nodes: ReadonlyMap<NodeId, LineRange>;
}

/** Reads a text: the workflow in it, and each problem at its place. Mistakes of YAML come alone; they hide all others. */
export function readYaml(text: string, credentials?: readonly string[]): YamlReading {
	const { file, locate, notes, problems } = parseWorkflowYaml(text);
	const places = new LinePlaces(text);
	if (!file) {
		const marks = onePerLine(problems).map(({ line, column, message, expected }): YamlMark => {
			const said = expected === undefined ? message : `${message} Expected: ${expected}.`;
			return { severity: "error", line, column, message: said, ...places.restOfLine(line, column) };
		});
		return { file: undefined, isOfStages: false, marks, nodes: new Map() };
	}
	const startOf = ({ id }: Plan["nodes"][number]) =>
		locate({ severity: "error", code: "", message: "", nodeId: id }).line;
	const nodes = findNodeLines(text, new Map(file.plan.nodes.map((node) => [node.id, startOf(node)])));
	const issues = validatePlan(file.plan, { definitions: catalog, ...(credentials && { credentials }) });
	const marks = issues.map((issue) => {
		const last = issue.nodeId === undefined ? undefined : nodes.get(issue.nodeId)?.last;
		return markIssue({ issue, places, plan: file.plan, last }, locate(issue));
	});
	const left = (notes ?? []).map(({ line, column, message }): YamlMark => {
		return { severity: "warning", line, column, message, ...places.restOfLine(line, column) };
	});
	return { file, isOfStages: notes !== undefined, marks: [...marks, ...left].sort((a, b) => a.from - b.from), nodes };
}

/** One mistake makes the parser stumble more than once: what it says first of a line tells enough. */
function onePerLine(problems: readonly YamlProblem[]): YamlProblem[] {
	return problems.filter(({ line }, index) => problems.findIndex((other) => other.line === line) === index);
}

interface Marking {
	issue: Issue;
	places: LinePlaces;
	plan: Plan;
	/** The last line of the step. */
	last: number | undefined;
}

/** The wrong words themselves where they can be found, else the line on which their field begins. */
function markIssue({ issue, places, plan, last }: Marking, at: { line: number; column: number }): YamlMark {
	const { severity, suggestion } = issue;
	const within = INSIDE.exec(issue.message);
	if (within) return { severity, ...markWithin({ places, at }, within) };
	const { message } = issue;
	const wrong = wrongWords(issue, plan);
	const start = places.offset(at.line, at.column);
	const from = wrong === undefined ? -1 : places.text.indexOf(wrong, start);
	if (wrong === undefined || from < 0 || from > places.endOf(last ?? at.line)) {
		return { severity, message, ...at, ...places.restOfLine(at.line, at.column) };
	}
	const fix = suggestion === undefined ? {} : { fix: suggestion };
	return { severity, message, from, to: from + wrong.length, ...places.place(from), ...fix };
}

/** How an issue tells the place of a mistake inside a value: "When (column 33): ", "Command (line 2, column 10): ". */
const INSIDE = /^(.+?) \((?:line (\d+), )?column (\d+)\)(: .*)$/s;

/** In the file the mistake has one place, which the mark tells: the place inside the value is not said beside it. */
function markWithin(
	{ places, at }: { places: LinePlaces; at: { line: number; column: number } },
	[, label = "", line = "1", column = "1", said = ""]: readonly string[],
): Omit<YamlMark, "severity"> {
	const message = label + said;
	const value = places.text.slice(places.offset(at.line, at.column), places.endOf(at.line));
	if (value.startsWith("|")) {
		const first = places.text.slice(places.offset(at.line + 1, 1), places.endOf(at.line + 1));
		const indent = first.length - first.trimStart().length;
		const place = { line: at.line + Number(line), column: indent + Number(column) };
		return { message, ...place, ...places.restOfLine(place.line, indent + 1) };
	}
	const isFolded = value.startsWith(">") || line !== "1";
	const quote = /^["']/.test(value) ? 1 : 0;
	const place = isFolded ? at : { line: at.line, column: at.column + quote + Number(column) - 1 };
	return { message, ...place, ...places.restOfLine(at.line, at.column) };
}

/** The part of the text that an issue complains about, as its message quotes it. */
function wrongWords({ code, message, nodeId, credential }: Issue, plan: Plan): string | undefined {
	if (code === "unknown_type") return plan.nodes.find(({ id }) => id === nodeId)?.type;
	if (credential !== undefined) return `secrets.${credential}`;
	return /^([a-z]\w*(?:\.\w+)*): /i.exec(message)?.[1];
}

/** Finds offsets by line and column, and the other way round. Both count from 1. */
class LinePlaces {
	readonly text: string;
	readonly #starts: number[];

	constructor(text: string) {
		this.text = text;
		this.#starts = [0];
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
	}

	offset(line: number, column: number): number {
		return Math.min((this.#starts[line - 1] ?? this.text.length) + column - 1, this.text.length);
	}

	endOf(line: number): number {
		const next = this.#starts[line];
		return next === undefined ? this.text.length : next - 1;
	}

	place(offset: number): { line: number; column: number } {
		const line = this.#starts.findLastIndex((start) => start <= offset) + 1;
		return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 };
	}

	/** At least one character, where there is one. */
	restOfLine(line: number, column: number): { from: number; to: number } {
		const from = this.offset(line, column);
		const rest = this.text.slice(from, this.endOf(line)).trimEnd().length;
		return { from, to: Math.min(from + Math.max(1, rest), this.text.length) };
	}
}
