import type { SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import type { ApprovalMessage } from "@/server/nodes/wait";
import type { StepRef } from "@/server/runs/step-ref";

/**
 * Has an approval asked in Slack, in the transaction that records the question: once, whatever is repeated. A step that is
 * tried alone asks nobody.
 */
export async function queueSlackApproval(
	tx: SqlLike,
	{ runId, nodeId, iteration }: StepRef,
	{ credential, channel, people }: ApprovalMessage,
): Promise<void> {
	await tx`
		insert into slack_approvals (id, team_id, run_id, node_id, iteration, credential, channel, people)
		select ${newId()}, r.team_id, r.id, ${nodeId}, ${iteration}, ${credential}, ${channel}, ${[...people]}::text[]
		from runs r where r.id = ${runId} and r.kind <> 'try'
		on conflict do nothing`;
}
