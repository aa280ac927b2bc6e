import { z } from "zod";
import type { Sql } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { listDays } from "@/server/triggers/schedule/times/list-days";
import { timeZoneSchema } from "@/server/triggers/schedule/times/schedule-config";
import { findWorkflowId, teamInput } from "@/server/workflows/workflow-ref";

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** Of which calls the cost is asked. */
export const costFilterInput = teamInput.extend({
	/** The first day and the last, of the time zone. */
	from: z.iso.date(),
	to: z.iso.date(),
	timeZone: timeZoneSchema,
	/** The slug of a workflow. */
	workflow: z.string().min(1).max(64).optional(),
	provider: z.string().min(1).max(100).optional(),
	model: z.string().min(1).max(200).optional(),
});
export type CostFilter = z.infer<typeof costFilterInput>;

export interface FoundCalls {
	team: { id: string; slug: string };
	/** The days, as `2026-11-29`, and when each begins; one more at the end for when the last one ends. */
	days: string[];
	bounds: string[];
	workflowId: string | null;
	provider: string | null;
	model: string | null;
}

/** What is asked for, checked. Throws `invalid` for days that are none. */
export async function readFilter({ database: { db }, actor }: Caller, filter: CostFilter): Promise<FoundCalls> {
	const { team } = await requireMember(db, actor, filter.team, "team:view");
	const { from, to, timeZone, workflow, provider = null, model = null } = filter;
	const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
	if (count < 1) throw new WeftError("invalid", "The last day is before the first. Choose another day.");
	if (count > MOST_DAYS) throw new WeftError("invalid", `Choose at most ${MOST_DAYS} days.`);
	const listed = listDays(timeZone, from, count).filter(({ date }) => date <= to);
	const starts = listed.map(({ start }) => start);
	const end = listed.at(-1)?.end ?? Date.parse(to) + DAY_MS;
	return {
		...{ team, provider, model },
		days: listed.map(({ date }) => date),
		bounds: [...starts, end].map((at) => new Date(at).toISOString()),
		workflowId: workflow === undefined ? null : await findWorkflowId(db, team.id, workflow),
	};
}

/** The condition of a query of `model_calls c`. */
export function matching(sql: Sql, { team, bounds, workflowId, provider, model }: FoundCalls) {
	return sql`c.team_id = ${team.id}
		and c.at >= ${bounds[0] ?? ""}::text::timestamptz and c.at < ${bounds.at(-1) ?? ""}::text::timestamptz
		${workflowId === null ? sql`` : sql`and c.workflow_id = ${workflowId}`}
		${provider === null ? sql`` : sql`and c.provider = ${provider}`}
		${model === null ? sql`` : sql`and c.model = ${model}`}`;
}
