import type { SqlLike } from "@/db/client";
import type { RunEventData } from "@/server/runs/events";
import type { StepRef } from "@/server/runs/step-ref";
import { type Asked, isAsked } from "@/server/teams/permissions";
import { notifyIn } from "./notify";
import { shorten } from "./run-place";

type Question = Extract<RunEventData<"step.waiting">, { for: "approval" }>;

/**
 * Tells those whom an approval asks that it waits, in the transaction that records it: those who have to verify their address
 * first, too, since nobody else may know of them. Returns whose inboxes have changed. A step that is tried alone tells nobody.
 */
export async function notifyApprovers(
	tx: SqlLike,
	{ runId, nodeId, iteration }: StepRef,
	{ approvers, message, by }: Question,
): Promise<string[]> {
	// A step that works may ask again: who was told of the question before is told anew.
	if (by)
		await tx`delete from notifications where run_id = ${runId} and kind = 'approval' and key = ${keyOf({ runId, nodeId, iteration })}`;
	const members = await tx<({ teamId: string; userId: string } & Asked)[]>`
		select r.team_id as "teamId", u.id as "userId", m.role, u.email
		from runs r join memberships m on m.team_id = r.team_id join users u on u.id = m.user_id
		where r.id = ${runId} and r.kind <> 'try'`;
	const [first] = members;
	if (first === undefined) return [];
	return await notifyIn(tx, {
		...{ kind: "approval", teamId: first.teamId, runId },
		recipients: members.filter((member) => isAsked(approvers, member)).map(({ userId }) => userId),
		key: keyOf({ runId, nodeId, iteration }),
		data: { nodeId, iteration, excerpt: shorten(message) },
	});
}

/** Whose inboxes change when a step waits for a decision no more. */
export async function findTold(tx: SqlLike, step: StepRef): Promise<string[]> {
	const rows = await tx<{ userId: string }[]>`
		select user_id as "userId" from notifications
		where run_id = ${step.runId} and kind = 'approval' and key = ${keyOf(step)} and read_at is null`;
	return rows.map(({ userId }) => userId);
}

function keyOf({ runId, nodeId, iteration }: StepRef): string {
	return `${runId} ${nodeId} ${iteration}`;
}
