import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/teams";
import { testEvents } from "@/db/schema/test-events";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, type WorkflowRef } from "@/server/workflows/workflow-ref";
import { openAddress } from "../hooks/address/hook-address";

/** What is pinned to the triggers of a draft, and which of them wait for an event, with the address at which they do. */
export async function listTestEvents({ database: { db }, actor }: Caller, input: WorkflowRef) {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const isWaiting = sql<boolean>`coalesce(${testEvents.until} > now(), false)`;
	const rows = await db
		.select({
			key: testEvents.key,
			type: testEvents.type,
			isWaiting,
			/** By the server's clock, which a browser's may not agree with. */
			leftMs: sql<number>`greatest(0, extract(epoch from ${testEvents.until} - now()) * 1000)::int`,
			startedBy: sql<string | null>`coalesce(${users.name}, ${users.email})`,
			problem: testEvents.problem,
			hookId: testEvents.hookId,
			eventId: testEvents.eventId,
			receivedAt: testEvents.receivedAt,
			from: sql<string | null>`${testEvents.request}->>'from'`,
		})
		.from(testEvents)
		.leftJoin(users, eq(users.id, testEvents.startedBy))
		.where(eq(testEvents.workflowId, workflowId))
		.orderBy(sql`${testEvents.receivedAt} desc nulls last`, testEvents.key);
	return await Promise.all(
		rows.map(async ({ key, type, isWaiting, leftMs, startedBy, problem, hookId, eventId, receivedAt, from }) => ({
			key,
			type,
			wait: isWaiting
				? { leftMs, startedBy, problem, address: hookId === null ? null : await openAddress(db, team.id, hookId) }
				: null,
			event: eventId !== null && receivedAt !== null ? { id: eventId, receivedAt, from: from ?? "" } : null,
		})),
	);
}
