import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { runs } from "@/db/schema/runs";
import { DELIVERY_VERDICTS, deliveries } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { shownStatus } from "@/server/runs/shown-status";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, teamInput } from "@/server/workflows/workflow-ref";
import { triggerIdSchema } from "./trigger-id";

/** Where a page begins: when the last entry of the one before was written, and its id. */
const cursorSchema = z.string().regex(/^\d{1,16}_[0-9a-z-]{1,64}$/);

export const listDeliveriesInput = teamInput.extend({
	/** Only those of a workflow; without it, all of the team. */
	slug: z.string().min(1).max(64).optional(),
	/** Only those of one trigger, by its id in the plan. */
	key: triggerIdSchema.optional(),
	verdict: z.enum(DELIVERY_VERDICTS).optional(),
	before: cursorSchema.optional(),
	limit: z.int().min(1).max(100).default(25),
});

/** What came of the times of triggers, and of all else that they heard, the newest first; kept when a trigger is gone. */
export async function listDeliveries({ database: { db }, actor }: Caller, input: z.infer<typeof listDeliveriesInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflowId = input.slug === undefined ? undefined : await findWorkflowId(db, team.id, input.slug);
	const within = workflowId === undefined ? eq(deliveries.teamId, team.id) : eq(deliveries.workflowId, workflowId);
	const rows = await db
		.select({
			id: deliveries.id,
			key: deliveries.key,
			type: deliveries.type,
			verdict: deliveries.verdict,
			reason: deliveries.reason,
			times: deliveries.times,
			dueAt: deliveries.dueAt,
			lateMs: deliveries.lateMs,
			at: deliveries.at,
			latencyMs: deliveries.latencyMs,
			redeliveryOf: deliveries.redeliveryOf,
			event: eventName,
			from: sql<string | null>`${deliveries.request}->>'from'`,
			cursor: sql<string>`(extract(epoch from ${deliveries.at}) * 1000000)::bigint || '_' || ${deliveries.id}`,
			run: { number: runs.number, status: shownStatus },
			workflow: { slug: workflows.slug, name: workflows.name },
		})
		.from(deliveries)
		.innerJoin(workflows, eq(workflows.id, deliveries.workflowId))
		.leftJoin(runs, eq(runs.id, deliveries.runId))
		.where(and(within, isAsked(input), isBefore(input.before)))
		.orderBy(desc(deliveries.at), desc(deliveries.id))
		.limit(input.limit + 1);
	const items = rows.slice(0, input.limit).map(({ cursor: _, ...row }) => row);
	return { items, next: rows.length > input.limit ? rows[input.limit - 1]?.cursor : undefined };
}

/** What senders call it: in a header, in a field of its body, or by the method alone. */
const eventName = sql<string | null>`left(coalesce(
	case ${deliveries.type}
		when 'event' then ${deliveries.request}->'body'->>'name'
		when 'alertmanager' then coalesce(
			${deliveries.request}->'body'->'commonLabels'->>'alertname',
			${deliveries.request}->'body'->'alerts'->0->'labels'->>'alertname')
		when 'workflow-ended' then (${deliveries.request}->'body'->'workflow'->>'slug') || ' '
			|| replace(${deliveries.request}->'body'->'run'->>'status', '_', ' ')
	end,
	${deliveries.request}->'headers'->>'x-github-event',
	${deliveries.request}->'headers'->>'x-shopify-topic',
	${deliveries.request}->'headers'->>'linear-event',
	${deliveries.request}->'body'->>'object_kind',
	${deliveries.request}->'body'->>'type',
	${deliveries.request}->>'method'
), 80)`;

function isAsked({ key, verdict }: z.infer<typeof listDeliveriesInput>) {
	return and(
		key === undefined ? undefined : eq(deliveries.key, key),
		verdict === undefined ? undefined : eq(deliveries.verdict, verdict),
	);
}

function isBefore(cursor: string | undefined) {
	if (cursor === undefined) return undefined;
	const [micros = "0", id = ""] = cursor.split("_");
	return sql`(${deliveries.at}, ${deliveries.id}) < (to_timestamp(${micros}::numeric / 1000000), ${id})`;
}
