import type { z } from "zod";
import { explainProblem } from "../validate/explain-problem";
import { isObject } from "../values/json";
import { createSuggest } from "../values/suggest";
import { shorten } from "../values/text-problem";
import { outlineStages, type StageOutline, type StagePlace } from "./stage-outline";
import { loopSchema, type StageConfig, type StageLoop, stageHeadSchema, stageSchema } from "./stage-schema";

export interface Stage {
	name: string;
	config: StageConfig;
	/** Where it is configured in the file, or else named. */
	path: string;
}

export interface StageFile {
	head: z.infer<typeof stageHeadSchema>;
	stages: Stage[];
	/** Configured and not in the order: run by nothing but a way that leads there. */
	spare: Stage[];
	loop: StageLoop | undefined;
	loopPath: string;
}

export type ReadStages =
	| { file: StageFile; notes: StagePlace[]; problems?: undefined }
	| { file?: undefined; problems: [StagePlace, ...StagePlace[]] };

/** Reads a file of stages. Never throws; each problem, and each key that is not read, has its place. */
export function readStageFile(file: Readonly<Record<string, unknown>>): ReadStages {
	const outline = outlineStages(file);
	const problems = [...outline.problems];
	const head = check(stageHeadSchema, outline.head, { path: outline.headPath, problems });
	const loopPath = [outline.headPath, "loop"].filter(Boolean).join(".");
	const loop =
		outline.head.loop === undefined ? undefined : check(loopSchema, outline.head.loop, { path: loopPath, problems });
	const { stages, spare, unused } = readStages(outline, loop, problems);
	const names = [...stages, ...spare].map(({ name }) => name);
	if (!outline.isOpen) problems.push(...unused.map(({ name, path }) => explainUnknown(name, { path, names })));
	const fallback = loop?.fallback_next_stage;
	if (fallback !== undefined && !names.includes(fallback))
		problems.push(explainUnknown(fallback, { path: `${loopPath}.fallback_next_stage`, names }));
	const [first, ...rest] = problems;
	if (first) return { problems: [first, ...rest] };
	if (!head) return { problems: [{ path: "", message: "The file contains no workflow." }] };
	const notes = [
		...unused.map(({ name, path }) => notRead(name, path)),
		...findUnread(outline, { stages, spare, loop, loopPath }),
	];
	return { file: { head, stages, spare, loop, loopPath }, notes };
}

interface Checking {
	path: string;
	problems: StagePlace[];
}

function check<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	{ path, problems }: Checking,
): z.infer<Schema> | undefined {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	for (const problem of parsed.error.issues.slice(0, 20)) {
		const place = [path, ...problem.path.map(String)].filter((part) => part !== "").join(".");
		const said = explainProblem(problem, schema, value);
		problems.push({ path: place, message: /^The value/.test(said) ? said.replace("The value", lastOf(place)) : said });
	}
	return undefined;
}

function lastOf(path: string): string {
	return path.split(".").at(-1) || "The file";
}

/** The stages in their order, those that only a way out leads to, and what nothing leads to. */
function readStages({ order, sections }: StageOutline, loop: StageLoop | undefined, problems: StagePlace[]) {
	const read = ({ name, path, value }: StageOutline["sections"][number]): Stage => ({
		...{ name, path },
		config: check(stageSchema, value, { path, problems }) ?? {},
	});
	const stages = sections.filter(({ name }) => order.includes(name)).map(read);
	const targets = new Set([loop?.fallback_next_stage, ...stages.map(({ config }) => gotoOf(config))]);
	const others = sections.filter(({ name }) => !order.includes(name));
	const spare = others.filter(({ name }) => targets.has(name)).map(read);
	return { stages, spare, unused: others.filter(({ name }) => !targets.has(name)) };
}

/** The stage that a failure leads to: `goto:fix`, `goto fix` or `{ goto: fix }`. */
export function gotoOf({ on_failure = "" }: StageConfig): string | undefined {
	const [word] = /^goto[\s:]+/.exec(on_failure) ?? [];
	return word === undefined ? undefined : on_failure.slice(word.length).trim() || undefined;
}

function explainUnknown(name: string, { path, names }: { path: string; names: readonly string[] }): StagePlace {
	const meant = createSuggest()(name, names);
	const advice = meant === undefined ? "Add it to stages, or take it out." : `Did you mean “${meant}”?`;
	return { path, message: `There is no stage “${shorten(name)}”. ${advice}` };
}

function notRead(key: string, path: string): StagePlace {
	return { path, message: `“${shorten(key)}” has no counterpart here and is left out.` };
}

const HEAD_KEYS = new Set(["id", "name", "description", "vars", "stages", "stageConfigs", "loop", "version"]);

function findUnread(outline: StageOutline, file: Omit<StageFile, "head">): StagePlace[] {
	const unread = (value: unknown, known: ReadonlySet<string>, path: string): StagePlace[] =>
		isObject(value)
			? Object.keys(value).flatMap((key) =>
					known.has(key) ? [] : [notRead(key, [path, key].filter(Boolean).join("."))],
				)
			: [];
	return [
		...unread(outline.head, HEAD_KEYS, outline.headPath),
		...unread(file.loop, new Set(Object.keys(loopSchema.shape)), file.loopPath),
		...[...file.stages, ...file.spare].flatMap(({ config, path }) =>
			unread(config, new Set(Object.keys(stageSchema.shape)), path),
		),
	];
}
