import { and, desc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { deliveries } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { findWorkflowId, teamInput } from "@/server/workflows/workflow-ref";
import { triggerIdSchema } from "./trigger-id";

/** Deliveries are kept for so many hours. */
const MAX_HOURS = 90 * 24;
/** As many of the last ones are searched: what they have received may be long. */
const SEARCHED = 2_000;

export const deliveryFilterSchema = teamInput.extend({
	/** Only those of a workflow; without it, all of the team. */
	slug: z.string().min(1).max(64).optional(),
	/** Only those of one trigger, by its id in the plan. */
	key: triggerIdSchema.optional(),
	/** Only those of the last hours. */
	hours: z.int().min(1).max(MAX_HOURS).optional(),
	/** In what the list shows of them: their event, sender, workflow, trigger and reason; or the id of one. */
	find: z.string().trim().max(100).optional(),
});
type Filter = z.infer<typeof deliveryFilterSchema>;

/** What senders call it: in a header, in a field of its body, or by the method alone. */
export const eventName = sql<string | null>`left(coalesce(
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

/** Who has sent it, as the list shows it. */
export const senderName = sql<string | null>`${deliveries.request}->>'from'`;

/** The condition on `deliveries`, joined with their `workflows`. Throws `not_found` for another team's workflow. */
export async function whichDeliveries(db: DbLike, teamId: string, filter: Filter): Promise<SQL | undefined> {
	const workflowId = filter.slug === undefined ? undefined : await findWorkflowId(db, teamId, filter.slug);
	const { key, hours, find = "" } = filter;
	const within = and(
		workflowId === undefined ? eq(deliveries.teamId, teamId) : eq(deliveries.workflowId, workflowId),
		key === undefined ? undefined : eq(deliveries.key, key),
		hours === undefined ? undefined : sql`${deliveries.at} > now() - make_interval(hours => ${hours})`,
	);
	if (find === "") return within;
	const last = db
		.select({ id: deliveries.id })
		.from(deliveries)
		.where(within)
		.orderBy(desc(deliveries.at))
		.limit(SEARCHED);
	return and(within, inArray(deliveries.id, last), isFound(find));
}

function isFound(find: string): SQL | undefined {
	const like = `%${find.replace(/[\\%_]/g, "\\$&")}%`;
	return or(
		eq(deliveries.id, find),
		ilike(deliveries.key, like),
		ilike(deliveries.reason, like),
		ilike(workflows.name, like),
		sql`${eventName} ilike ${like}`,
		sql`${senderName} ilike ${like}`,
	);
}
