import { sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { notify } from "./notify";
import { shorten } from "./run-place";

interface Missed {
	triggerId: string;
	teamId: string;
	workflowId: string;
	/** Telling of it twice under the same key counts it. */
	key: string;
	/** Why no run has started. */
	reason: string;
}

/** Tells whoever published the workflow last that its schedule has not started what it should have. */
export async function notifyScheduleMissed(
	tx: DbTransaction,
	{ triggerId, teamId, workflowId, key, reason }: Missed,
): Promise<void> {
	const [workflow] = await tx.execute<{ name: string; publisher: string | null }>(sql`
		select w.name, (select v.published_by from workflow_versions v
			where v.workflow_id = w.id and v.published_by is not null order by v.version desc limit 1) as publisher
		from workflows w where w.id = ${workflowId}`);
	if (!workflow?.publisher) return;
	await notify(tx, {
		kind: "schedule-missed",
		recipients: [workflow.publisher],
		teamId,
		key: `${triggerId} ${key}`,
		data: { name: workflow.name, excerpt: shorten(reason) },
	});
}
