import type { NodeId } from "@/server/plan/plan";
import type { LogLevel } from "@/server/runs/events";
import { plainText } from "./ansi";
import { type LogItem, type LogMark, mergeMarks } from "./log-marks";
import type { LogRow } from "./log-reader";

export const LEVEL_FILTERS = [
	{ value: "all", label: "All lines" },
	{ value: "warn", label: "Warnings" },
	{ value: "error", label: "Errors" },
	{ value: "stderr", label: "stderr" },
] as const;
type LevelFilter = (typeof LEVEL_FILTERS)[number]["value"];

const LEVELS = {
	all: null,
	warn: ["warn", "error"],
	error: ["error"],
	stderr: ["stderr"],
} satisfies Record<LevelFilter, readonly LogLevel[] | null>;

/** The step whose lines are wanted, when it is not this. */
export const EVERY_STEP = "*";

export interface LogFilter {
	query: string;
	level: LevelFilter;
	step: NodeId;
}

export const NO_FILTER: LogFilter = { query: "", level: "all", step: EVERY_STEP };

/** Whether it leaves anything out. */
export function isNarrow({ query, level, step }: LogFilter): boolean {
	return query.trim() !== "" || level !== "all" || step !== EVERY_STEP;
}

interface Log {
	rows: readonly LogRow[];
	marks: readonly LogMark[];
	earlier: boolean;
}

/** What is shown of a log. Marks say nothing of a level and are not searched. */
export function itemsOf({ rows, marks, earlier }: Log, filter: LogFilter): LogItem[] {
	const ofStep = <T extends { nodeId: NodeId }>(all: readonly T[]) =>
		filter.step === EVERY_STEP ? all : all.filter(({ nodeId }) => nodeId === filter.step);
	const found = filterLines(ofStep(rows), filter);
	const isSearch = filter.query.trim() !== "" || filter.level !== "all";
	return mergeMarks(found, isSearch ? [] : ofStep(marks), earlier);
}

/** The lines of a level that hold what is searched for, whatever its case. */
function filterLines(rows: readonly LogRow[], { query, level }: LogFilter): readonly LogRow[] {
	const levels: readonly LogLevel[] | null = LEVELS[level];
	const wanted = query.trim().toLowerCase();
	if (!levels && wanted === "") return rows;
	return rows.filter(
		(row) => (!levels || levels.includes(row.level)) && plainText(row.text).toLowerCase().includes(wanted),
	);
}
