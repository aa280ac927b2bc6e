import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { deliveries, hookChecks, triggers } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { triggerSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, teamInput } from "@/server/workflows/workflow-ref";

export const listTriggersInput = teamInput.extend({
	/** Only those of a workflow. */
	slug: z.string().min(1).max(64).optional(),
});

/** The triggers that start runs by themselves, those that come next first; none that this version cannot read. */
export async function listTriggers({ database: { db }, actor }: Caller, input: z.infer<typeof listTriggersInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflowId = input.slug === undefined ? undefined : await findWorkflowId(db, team.id, input.slug);
	const rows = await db
		.select({ trigger: triggers, workflow: { slug: workflows.slug, name: workflows.name }, trouble: lastTrouble })
		.from(triggers)
		.innerJoin(workflows, eq(workflows.id, triggers.workflowId))
		.where(
			and(eq(triggers.teamId, team.id), workflowId === undefined ? undefined : eq(triggers.workflowId, workflowId)),
		)
		.orderBy(sql`${triggers.nextAt} nulls last`, asc(triggers.id));
	return rows.flatMap(({ trigger, workflow, trouble }) => {
		const { data: config } = triggerSchema.safeParse(trigger.config);
		if (config === undefined) return [];
		const { key, pausedAt, pausedUntil, pauseReason, dueAt, nextAt, activeSince } = trigger;
		const state = { pausedAt, pausedUntil, pauseReason, dueAt, nextAt, activeSince };
		return { key, ...state, workflow, config, trouble };
	});
}

/** Why the last delivery of a trigger was refused or failed, or why its sender could not be asked for one; else null. */
const lastTrouble = sql<string | null>`coalesce(
	(select case when d.verdict in ('refused', 'failed') then d.reason end from ${deliveries} d
		where d.trigger_id = ${triggers.id} order by d.at desc limit 1),
	(select c.problem from ${hookChecks} c where c.trigger_id = ${triggers.id})
)`;
