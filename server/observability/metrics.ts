import { asc, eq } from "drizzle-orm";
import { Gauge, Registry } from "prom-client";
import type { Database, DbLike } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { triggers } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { countTimes, NO_TIMES, type TimeCounts } from "../triggers/schedule/count-times";

const DAY_MS = 86_400_000;
/** Each has a series of every kind: more than these would be a burden to whoever collects them. */
const MAX_SCHEDULES = 2_000;
const LABELS = ["team", "workflow", "schedule"] as const;

const COUNTS = [
	{ name: "expected", help: "Times of a schedule that came within the last 24 hours." },
	{ name: "fired", help: "Those that started a run." },
	{ name: "late", help: "Those that started a run more than a minute late." },
	{ name: "missed", help: "Those at which no worker was there." },
	{ name: "skipped", help: "Those that were left out, as while the run before was still going." },
	{ name: "failed", help: "Those of which no run could be started." },
] as const satisfies readonly { name: keyof TimeCounts; help: string }[];

/** What Prometheus reads of this installation: the health of its schedules. */
export async function readMetrics({ db }: Database, now = Date.now()): Promise<{ text: string; contentType: string }> {
	const registry = new Registry();
	const rows = await listSchedules(db);
	const ids = rows.map(({ id }) => id);
	const counts = await countTimes(db, { ids, from: new Date(now - DAY_MS), to: new Date(now) });
	const gauge = (name: string, help: string) =>
		new Gauge({ name: `weft_schedule_${name}`, help, labelNames: LABELS, registers: [registry] });
	for (const { name, help } of COUNTS) {
		const values = gauge(name, help);
		for (const { id, labels } of rows) values.set(labels, (counts.get(id) ?? NO_TIMES)[name]);
	}
	const overdue = gauge(
		"overdue_seconds",
		"For how long a schedule should have fired and has not; 0 when it is on time.",
	);
	for (const { labels, nextAt, pausedAt } of rows) {
		const late = pausedAt === null && nextAt !== null ? (now - nextAt.getTime()) / 1_000 : 0;
		overdue.set(labels, Math.max(0, late));
	}
	return { text: await registry.metrics(), contentType: registry.contentType };
}

async function listSchedules(db: DbLike) {
	const rows = await db
		.select({
			id: triggers.id,
			key: triggers.key,
			nextAt: triggers.nextAt,
			pausedAt: triggers.pausedAt,
			team: teams.slug,
			workflow: workflows.slug,
		})
		.from(triggers)
		.innerJoin(workflows, eq(workflows.id, triggers.workflowId))
		.innerJoin(teams, eq(teams.id, triggers.teamId))
		.where(eq(triggers.type, "schedule"))
		.orderBy(asc(triggers.id))
		.limit(MAX_SCHEDULES);
	return rows.map(({ team, workflow, key, ...row }) => ({ ...row, labels: { team, workflow, schedule: key } }));
}
