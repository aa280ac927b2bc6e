import { and, asc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { type DELIVERY_VERDICTS, triggers } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { momentSchema, type TriggerRow } from "../trigger-ref";
import { countTimes, NO_TIMES, type TimeCounts } from "./count-times";
import { MISSED_AFTER_MS } from "./times/due-times";
import { type ScheduleConfig, scheduleConfigSchema } from "./times/schedule-config";

/** So many schedules stand on a calendar; more of them are found by name. */
export const CALENDAR_ROWS = 200;
/** So many of its times are told of a schedule one by one; of one that fires more often only those that did not start in time. */
export const CALENDAR_MARKS = 60;
const DAY_MS = 86_400_000;
const MAX_DAYS = 32;

export const readCalendarInput = teamInput.extend({
	from: momentSchema,
	to: momentSchema,
	/** Part of the name of a workflow, or of the id of a schedule. */
	find: z.string().trim().max(100).optional(),
});

/** What came of a time that has passed. */
export type PastTime = {
	/** In ms since 1970. */
	due: number;
	verdict: (typeof DELIVERY_VERDICTS)[number];
	/** For how many times at once. */
	times: number;
	isLate: boolean;
	runNumber: number | null;
};

export interface CalendarSchedule {
	/** Of the registered trigger. */
	id: string;
	key: string;
	workflow: { slug: string; name: string };
	config: ScheduleConfig;
	activeSince: Date;
	pausedAt: Date | null;
	pausedUntil: Date | null;
	/** It should have fired and has not, and nothing is known of it yet. */
	isOverdue: boolean;
	counts: TimeCounts;
	/** The latest of them, in their order. */
	past: PastTime[];
	/** There were more than are told. */
	hasMore: boolean;
}

/** The schedules of a team by name, with what came of their times from `from` on and before `to`. */
export async function readCalendar({ database: { db }, actor }: Caller, input: z.infer<typeof readCalendarInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const range = { from: new Date(input.from), to: new Date(input.to) };
	const length = range.to.getTime() - range.from.getTime();
	if (length <= 0 || length > MAX_DAYS * DAY_MS) {
		throw new WeftError("invalid", `Choose a range of ${MAX_DAYS} days at most, its end after its beginning.`);
	}
	const rows = await findSchedules(db, team.id, input.find);
	const ids = rows.map(({ trigger }) => trigger.id);
	const [counts, past] = await Promise.all([countTimes(db, { ids, ...range }), readPast(db, { ids, ...range })]);
	const schedules = rows.flatMap(({ trigger, workflow }): CalendarSchedule[] => {
		const { data: config } = scheduleConfigSchema.safeParse(trigger.config);
		if (config === undefined) return [];
		const { id, key, activeSince, pausedAt, pausedUntil } = trigger;
		const state = { id, key, workflow, config, activeSince, pausedAt, pausedUntil, isOverdue: isOverdue(trigger) };
		return [{ ...state, counts: counts.get(id) ?? NO_TIMES, ...toPast(past.get(id) ?? []) }];
	});
	return { schedules, total: rows[0]?.total ?? 0 };
}

async function findSchedules(db: DbLike, teamId: string, find = "") {
	const like = `%${find.replace(/[\\%_]/g, "\\$&")}%`;
	return await db
		.select({
			trigger: triggers,
			workflow: { slug: workflows.slug, name: workflows.name },
			total: sql<number>`(count(*) over ())::int`,
		})
		.from(triggers)
		.innerJoin(workflows, eq(workflows.id, triggers.workflowId))
		.where(
			and(
				...[eq(triggers.teamId, teamId), eq(triggers.type, "schedule")],
				find === "" ? undefined : or(ilike(workflows.name, like), ilike(triggers.key, like)),
			),
		)
		.orderBy(asc(workflows.name), asc(triggers.id))
		.limit(CALENDAR_ROWS);
}

function isOverdue({ nextAt, pausedAt }: TriggerRow): boolean {
	return pausedAt === null && nextAt !== null && Date.now() - nextAt.getTime() > MISSED_AFTER_MS;
}

type PastRow = PastTime & { id: string };

/** The last times of each, and the last of those that went wrong: the others of a frequent one are as good as one another. */
async function readPast(db: DbLike, { ids, from, to }: { ids: readonly string[]; from: Date; to: Date }) {
	const latest = (which: SQL, limit: number) => sql`
		(select d.id, d.due_at, d.verdict, d.times, d.late_ms, d.run_id from deliveries d
		where d.trigger_id = t.id and d.due_at >= ${from.toISOString()}::timestamptz
			and d.due_at < ${to.toISOString()}::timestamptz and d.late_ms is not null and ${which}
		order by d.due_at desc limit ${limit})`;
	const wentWrong = sql`(d.verdict in ('missed', 'failed') or (d.verdict = 'started' and d.late_ms > ${MISSED_AFTER_MS}))`;
	const rows = await db.execute<PastRow>(sql`
		select t.id, (extract(epoch from d.due_at) * 1000)::float8 as due, d.verdict, d.times,
			d.verdict = 'started' and d.late_ms > ${MISSED_AFTER_MS} as "isLate", r.number as "runNumber"
		from triggers t
			cross join lateral (${latest(sql`true`, CALENDAR_MARKS + 1)} union ${latest(wentWrong, CALENDAR_MARKS)}) d
			left join runs r on r.id = d.run_id
		where t.id in (${
			ids.length === 0
				? sql`null`
				: sql.join(
						ids.map((id) => sql`${id}`),
						sql`, `,
					)
		})
		order by d.due_at`);
	const byId = new Map<string, PastTime[]>();
	for (const { id, ...time } of rows) byId.set(id, [...(byId.get(id) ?? []), time]);
	return byId;
}

function toPast(times: PastTime[]): Pick<CalendarSchedule, "past" | "hasMore"> {
	if (times.length <= CALENDAR_MARKS) return { past: times, hasMore: false };
	const wrong = times.filter(({ verdict, isLate }) => isLate || verdict === "missed" || verdict === "failed");
	return { past: wrong.slice(-CALENDAR_MARKS), hasMore: true };
}
