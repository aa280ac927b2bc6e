import type { SqlLike } from "@/db/client";
import type { Actor } from "@/server/runs/events";
import { notifyIn } from "./notify";
import { shorten } from "./run-place";

interface Failure {
	runId: string;
	message: string;
	nodeId?: string | undefined;
}

/**
 * Tells whoever started a run that it has failed; of one that started by itself, whoever published the workflow last. In the
 * transaction that ends it; returns whose inboxes have changed. Tests and tries tell nobody: somebody looks at those.
 */
export async function notifyRunFailed(tx: SqlLike, { runId, message, nodeId }: Failure): Promise<string[]> {
	const [run] = await tx<FailedRun[]>`
		select r.team_id as "teamId", r.workflow_id as "workflowId", r.actor,
			to_char(now() at time zone 'utc', 'YYYY-MM-DD HH24') as hour,
			(select v.published_by from workflow_versions v
			where v.workflow_id = r.workflow_id and v.published_by is not null order by v.version desc limit 1) as publisher
		from runs r where r.id = ${runId} and r.kind = 'workflow'`;
	if (run === undefined) return [];
	const { teamId, workflowId, actor, publisher, hour } = run;
	const recipient = actor.kind === "user" ? actor.id : publisher;
	return await notifyIn(tx, {
		...{ kind: "run-failed", teamId, runId },
		recipients: recipient === null ? [] : [recipient],
		key: `${workflowId} ${hour}`,
		data: { excerpt: shorten(message), ...(nodeId !== undefined && { nodeId }) },
	});
}

interface FailedRun {
	teamId: string;
	workflowId: string;
	actor: Actor;
	/** Failures of one workflow within an hour are one entry. */
	hour: string;
	/** Null when their account is gone, or nobody has published it. */
	publisher: string | null;
}
