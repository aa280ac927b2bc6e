import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { events, eventWaits } from "@/db/schema/events";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requireRun, stepRefInput } from "../run-ref";

export const readEventWaitInput = stepRefInput;

/**
 * Which events have passed a step that waits for one, and why its condition could not be worked out for one of them; null
 * when it does not wait (any more).
 */
export async function readEventWait({ database: { db }, actor }: Caller, input: z.infer<typeof readEventWaitInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	const passed = sql<number>`(select count(*)::int from ${events}
		where ${events.teamId} = ${eventWaits.teamId} and ${events.name} = ${eventWaits.name}
			and ${events.at} >= ${eventWaits.beganAt} and ${events.seq} <= ${eventWaits.seenSeq})`;
	const { name, match, problem } = eventWaits;
	const [wait] = await db
		.select({ name, match, problem, passed })
		.from(eventWaits)
		.where(
			and(
				eq(eventWaits.runId, input.runId),
				eq(eventWaits.nodeId, input.nodeId),
				eq(eventWaits.iteration, input.iteration),
			),
		);
	return wait ?? null;
}
