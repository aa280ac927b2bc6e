import { isObject } from "../values/json";
import { shorten } from "../values/text-problem";

/** Beyond any that people write, and few enough to be drawn. */
const MAX_STAGES = 200;

/** What is to be said of a place in the file: `stageConfigs.plan.role`. */
export interface StagePlace {
	path: string;
	message: string;
}

/** What stands where in a file of stages, before any of it is checked closely. */
export interface StageOutline {
	head: Readonly<Record<string, unknown>>;
	/** Where the head stands: the whole file, or `workflow` in it. */
	headPath: "" | "workflow";
	order: string[];
	sections: { name: string; path: string; value: unknown }[];
	/** Sections stand beside keys that mean something else. */
	isOpen: boolean;
	problems: StagePlace[];
}

type Values = Readonly<Record<string, unknown>>;

/** Whether a file describes stages, and not a plan: by what it holds, since both are called `.workflow.yml`. */
export function isStageFile(file: Values): boolean {
	if (Object.hasOwn(file, "nodes")) return false;
	return [file, file.workflow].some(
		(part) => isObject(part) && (Object.hasOwn(part, "stages") || Object.hasOwn(part, "stageConfigs")),
	);
}

/** Whether a text can be one that describes stages: it names them at the start of a line. */
export function mayHoldStages(text: string): boolean {
	return /^[ \t]*(?:stages|stageConfigs)[ \t]*:/m.test(text);
}

/** Takes both forms apart: all in one map with `stageConfigs`, or `workflow` beside a section for each stage. */
export function outlineStages(file: Values): StageOutline {
	const isNested = isObject(file.workflow) && !Object.hasOwn(file, "stages");
	const { workflow, ...beside } = file;
	const inside = isNested && isObject(workflow) ? { ...pickVars(file), ...workflow } : file;
	const headPath = isNested ? "workflow" : "";
	const head = withoutNulls(inside);
	const problems: StagePlace[] = [];
	const entries = readOrder(head.stages, { path: pathIn(headPath, "stages"), problems });
	const isOpen = isNested && head.stageConfigs === undefined;
	const { vars: _, ...sections } = beside;
	const configs = isOpen ? sections : (head.stageConfigs ?? {});
	const at = isOpen ? "" : pathIn(headPath, "stageConfigs");
	if (!isObject(configs)) problems.push({ path: at, message: "stageConfigs is a map with an entry for each stage." });
	const given = isObject(configs) ? configs : {};
	const named = entries.map(({ name, path, inline }) => {
		const own = Object.hasOwn(given, name) ? given[name] : undefined;
		if (isEmpty(own)) return { name, path, value: inline };
		const value = isObject(own) ? { ...inline, ...withoutNulls(own) } : own;
		return { name, path: pathIn(at, name), value };
	});
	const order = entries.map(({ name }) => name);
	const others = Object.entries(given).filter(([name]) => !order.includes(name));
	const rest = others.map(([name, value]) => ({
		name,
		path: pathIn(at, name),
		value: isEmpty(value) ? {} : withoutNulls(value),
	}));
	return { head, headPath, order, sections: [...named, ...rest], isOpen, problems };
}

function pickVars({ vars }: Values): Values {
	return vars === undefined ? {} : { vars };
}

function pathIn(path: string, key: string): string {
	return path === "" ? key : `${path}.${key}`;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null;
}

/** A key without a value says nothing. */
function withoutNulls(value: Values): Values;
function withoutNulls(value: unknown): unknown;
function withoutNulls(value: unknown): unknown {
	if (!isObject(value)) return value;
	const filled = Object.entries(value).flatMap(([key, item]) =>
		isEmpty(item) ? [] : [[key, key === "loop" ? withoutNulls(item) : item] as const],
	);
	return Object.fromEntries(filled);
}

interface Entry {
	name: string;
	path: string;
	/** What stands beside the name where a stage is described in the list itself. */
	inline: Values;
}

function readOrder(stages: unknown, { path, problems }: { path: string; problems: StagePlace[] }): Entry[] {
	const refuse = (place: string, message: string) => {
		problems.push({ path: place, message });
		return [];
	};
	if (!Array.isArray(stages))
		return refuse(path, "stages is a list of names, in their order: stages: [plan, code, check].");
	if (stages.length === 0) return refuse(path, "There are no stages. Name at least one.");
	if (stages.length > MAX_STAGES) return refuse(path, `There are more than ${MAX_STAGES} stages. Divide the workflow.`);
	const seen = new Set<string>();
	return stages.flatMap((item: unknown, index): Entry[] => {
		const place = `${path}.${index}`;
		const { name, inline } = readEntry(item);
		if (name === undefined || name === "" || name.length > 120)
			return refuse(place, "A stage is a name of at most 120 characters, such as plan.");
		if (seen.has(name)) return refuse(place, `The stage “${shorten(name)}” is there twice. Give one another name.`);
		seen.add(name);
		return [{ name, path: place, inline }];
	});
}

function readEntry(item: unknown): { name: string | undefined; inline: Values } {
	if (typeof item === "string") return { name: item.trim(), inline: {} };
	if (!isObject(item)) return { name: undefined, inline: {} };
	const { id, name, ...inline } = withoutNulls(item);
	const called = id ?? name;
	return { name: typeof called === "string" ? called.trim() : undefined, inline };
}
