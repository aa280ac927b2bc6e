import { RateLimiterMemory } from "rate-limiter-flexible";
import { z } from "zod";
import { WeftError } from "@/server/errors";
import { nodeIdSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { WORKFLOWS_CHANNEL } from "@/server/workflows/announce-workflow";
import { findWorkflowId, workflowRefInput } from "@/server/workflows/workflow-ref";

/** A visitor without a heartbeat for so long has left. */
export const VISIT_SECONDS = 15;
/** Tabs that one person may have open in one workflow. */
const MAX_TABS = 20;
const FORGET_SECONDS = 60;
/** Per person: twenty tabs repeat themselves 40 times in ten seconds, and selecting says so too. */
const visits = new RateLimiterMemory({ points: 100, duration: 10 });

export const leaveWorkflowInput = workflowRefInput.extend({
	/** The browser tab's name for itself. */
	tab: z.uuid(),
});
export const visitWorkflowInput = leaveWorkflowInput.extend({ selected: z.array(nodeIdSchema).max(50).default([]) });

/**
 * Says that somebody has a workflow open, and what they have selected. To be repeated every few seconds: whoever is not
 * heard of for 15 seconds is shown no longer. The others are told of what has changed.
 */
export async function visitWorkflow(
	{ database: { db, sql }, actor }: Caller,
	input: z.infer<typeof visitWorkflowInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const userId = requirePerson(actor);
	await countVisit(userId);
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const { tab, selected } = input;
	await sql`
		with before as materialized (
			select selected, seen_at from workflow_visitors
			where workflow_id = ${workflowId} and user_id = ${userId} and tab = ${tab}
				and seen_at > now() - make_interval(secs => ${VISIT_SECONDS})
		), visit as (
			insert into workflow_visitors as v (workflow_id, user_id, tab, selected)
			select ${workflowId}, ${userId}, ${tab}, ${selected}::text[]
			where (
				select count(*) from workflow_visitors
				where workflow_id = ${workflowId} and user_id = ${userId} and tab <> ${tab}
			) < ${MAX_TABS}
			on conflict (workflow_id, user_id, tab) do update set selected = excluded.selected, seen_at = now(),
				joined_at = case when exists (select from before) then v.joined_at else now() end
			returning selected
		), forgotten as (
			delete from workflow_visitors where (workflow_id, user_id, tab) in (
				select workflow_id, user_id, tab from workflow_visitors
				where seen_at < now() - make_interval(secs => ${FORGET_SECONDS})
					and not (workflow_id = ${workflowId} and user_id = ${userId} and tab = ${tab})
				limit 100 for update skip locked
			)
		)
		select pg_notify(${WORKFLOWS_CHANNEL}, ${workflowId}) from visit
		where not exists (select from before where before.selected = visit.selected)`;
}

/** Says that a tab was closed, so that the others need not wait until it is forgotten. */
export async function leaveWorkflow(
	{ database: { db, sql }, actor }: Caller,
	input: z.infer<typeof leaveWorkflowInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	await sql`
		with gone as (
			delete from workflow_visitors
			where workflow_id = ${workflowId} and user_id = ${requirePerson(actor)} and tab = ${input.tab}
			returning 1
		)
		select pg_notify(${WORKFLOWS_CHANNEL}, ${workflowId}) from gone`;
}

async function countVisit(userId: string): Promise<void> {
	await visits.consume(userId).catch(() => {
		throw new WeftError("too_many_requests", "Too much is selected at once. Wait a few seconds.", {
			retryAfterSeconds: 10,
		});
	});
}

function requirePerson(actor: Caller["actor"]): string {
	if (actor.kind === "user") return actor.id;
	throw new WeftError("forbidden", "Only people are shown in a workflow.");
}
