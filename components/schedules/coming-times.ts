import { listTimes } from "@/server/triggers/schedule/times/list-times";
import { startsOf } from "@/server/triggers/schedule/times/next-start";
import type { Outputs } from "../trpc/types";

export type CalendarSchedule = Outputs["triggers"]["calendar"]["schedules"][number];

/** One that fires more often within the days is drawn as a band. */
const MOST = 60;

interface Days {
	from: number;
	to: number;
}

/** The times of a schedule within some days, whether they have passed or not. */
export interface PlannedTimes {
	/** When its runs are to start, in ms since 1970; the first ones of a frequent schedule. */
	starts: number[];
	/** There are more, too many to draw each. */
	isFrequent: boolean;
}

export interface ComingTimes extends PlannedTimes {
	/** From when on it fires within these days; null when it does not. */
	since: number | null;
}

const NONE: ComingTimes = { starts: [], isFrequent: false, since: null };

export function listPlanned({ id, config }: CalendarSchedule, { from, to }: Days): PlannedTimes {
	const dues = listTimes(config, { after: from - 1, until: to - 1, limit: MOST + 1 });
	return { starts: startsOf(config, { id, dues }).slice(0, MOST), isFrequent: dues.length > MOST };
}

/** Those that come from now on; while it is paused, none. */
export function takeComing(
	{ pausedAt, pausedUntil }: CalendarSchedule,
	{ starts, isFrequent }: PlannedTimes,
	now: number,
): ComingTimes {
	if (pausedAt !== null && pausedUntil === null) return NONE;
	const from = Math.max(now, pausedUntil?.getTime() ?? 0);
	const coming = starts.filter((start) => start >= from);
	const [first] = starts;
	if (isFrequent && first !== undefined) return { starts: coming, isFrequent, since: Math.max(first, from) };
	return { starts: coming, isFrequent: false, since: coming[0] ?? null };
}

export interface Row {
	schedule: CalendarSchedule;
	/** Of its workflow, with its own id where that has several. */
	name: string;
	coming: ComingTimes;
}

/** What each is called. */
export function nameRows(schedules: readonly CalendarSchedule[]): Pick<Row, "schedule" | "name">[] {
	const slugs = schedules.map(({ workflow }) => workflow.slug);
	return schedules.map((schedule) => {
		const { key, workflow } = schedule;
		const isOnly = slugs.indexOf(workflow.slug) === slugs.lastIndexOf(workflow.slug);
		return { schedule, name: isOnly ? workflow.name : `${workflow.name}, ${key}` };
	});
}

/** Several schedules that start in the same second. */
export interface Collision {
	at: number;
	/** What they are called. */
	names: string[];
}

/** What starts at once, the earliest first; those that fire very often meet all others, and are left out. */
export function findCollisions(rows: readonly Row[]): Collision[] {
	const byMoment = new Map<number, string[]>();
	for (const { name, coming } of rows) {
		if (coming.isFrequent) continue;
		for (const start of coming.starts) {
			const at = Math.floor(start / 1_000) * 1_000;
			const others = byMoment.get(at);
			if (others) others.push(name);
			else byMoment.set(at, [name]);
		}
	}
	return [...byMoment]
		.flatMap(([at, names]) => (names.length > 1 ? [{ at, names }] : []))
		.sort((one, other) => one.at - other.at);
}
