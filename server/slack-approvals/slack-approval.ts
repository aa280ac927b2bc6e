import type { SqlLike } from "@/db/client";
import type { StepRef } from "@/server/runs/step-ref";

/** An approval that is asked in Slack. */
export interface SlackApproval extends StepRef {
	id: string;
	teamId: string;
	/** The name of the team's credential. */
	credential: string;
	channel: string;
	/** Who may decide without an account, by the ids that Slack knows them by. */
	people: string[];
	/** The message, as Slack knows it; null before it is posted. */
	channelId: string | null;
	ts: string | null;
	workspace: string | null;
	tries: number;
}

export function approvalColumns(sql: SqlLike) {
	return sql`a.id, a.team_id as "teamId", a.run_id as "runId", a.node_id as "nodeId", a.iteration, a.credential, a.channel,
		a.people, a.channel_id as "channelId", a.ts, a.workspace, a.tries`;
}

export async function findSlackApproval(sql: SqlLike, id: string): Promise<SlackApproval | undefined> {
	const [row] = await sql<SlackApproval[]>`
		select ${approvalColumns(sql)} from slack_approvals a where a.id = ${id}`;
	return row;
}
