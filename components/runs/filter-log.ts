import type { LogLevel } from "@/server/runs/events";
import { plainText } from "./ansi";
import type { LogRow } from "./log-reader";

export const LEVEL_FILTERS = [
	{ value: "all", label: "All lines" },
	{ value: "warn", label: "Warnings" },
	{ value: "error", label: "Errors" },
	{ value: "stderr", label: "stderr" },
] as const;
export type LevelFilter = (typeof LEVEL_FILTERS)[number]["value"];

const LEVELS = {
	all: null,
	warn: ["warn", "error"],
	error: ["error"],
	stderr: ["stderr"],
} satisfies Record<LevelFilter, readonly LogLevel[] | null>;

/** The lines of a level that hold what is searched for, whatever its case. */
export function filterLog(rows: readonly LogRow[], query: string, filter: LevelFilter): readonly LogRow[] {
	const levels: readonly LogLevel[] | null = LEVELS[filter];
	const wanted = query.trim().toLowerCase();
	if (!levels && wanted === "") return rows;
	return rows.filter(
		(row) => (!levels || levels.includes(row.level)) && plainText(row.text).toLowerCase().includes(wanted),
	);
}
