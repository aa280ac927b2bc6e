import type { SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import type { ApprovalMail } from "@/server/nodes/wait";
import type { StepRef } from "@/server/runs/step-ref";
import { toJsonText } from "@/server/runs/store/json-text";

/**
 * Has a link mailed to each of the addresses, in the transaction that records the question: once, whatever is repeated. A step
 * that is tried alone mails nobody.
 */
export async function queueApprovalLinks(
	tx: SqlLike,
	{ runId, nodeId, iteration }: StepRef,
	{ to, needsNoAccount }: ApprovalMail,
): Promise<void> {
	const addresses = [...new Set(to.map((address) => address.toLowerCase()))];
	if (addresses.length === 0) return;
	const links = toJsonText(addresses.map((address) => ({ id: newId(), address })));
	await tx`
		insert into approval_links (id, team_id, run_id, node_id, iteration, address, needs_no_account)
		select l.id, r.team_id, r.id, ${nodeId}, ${iteration}, l.address, ${needsNoAccount}
		from runs r, jsonb_to_recordset(${links}::text::jsonb) as l (id text, address text)
		where r.id = ${runId} and r.kind <> 'try'
		on conflict do nothing`;
}
