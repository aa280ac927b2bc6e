import type { SqlLike } from "@/db/client";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import type { Question } from "@/server/runs/verbs/decide-approval";
import { mayDecide, type Role } from "@/server/teams/permissions";
import { hashApprovalToken } from "./link-token";

export interface ApprovalLink {
	id: string;
	teamId: string;
	team: string;
	runId: string;
	nodeId: string;
	iteration: string;
	address: string;
	needsNoAccount: boolean;
	isUsed: boolean;
	/** Of the member with that address; null where there is none. */
	role: Role | null;
	runNumber: number;
	workflow: string;
	/** `null` while nobody has decided. */
	decision: "approved" | "declined" | null;
	isWaiting: boolean;
	question: Question;
}

/** The link of a token, with what it asks; undefined where there is none. */
export async function findApprovalLink(sql: SqlLike, token: string): Promise<ApprovalLink | undefined> {
	const hash = hashApprovalToken(token);
	return hash === undefined ? undefined : await findLink(sql, { hash });
}

/** By the hash of its token, or by its id. */
export async function findLink(
	sql: SqlLike,
	{ hash = null, id = null }: { hash?: string | null; id?: string | null },
): Promise<ApprovalLink | undefined> {
	const [row] = await sql<(Omit<ApprovalLink, "question"> & { event: EventRow })[]>`
		select l.id, l.team_id as "teamId", t.name as team, l.run_id as "runId", l.node_id as "nodeId", l.iteration, l.address,
			l.needs_no_account as "needsNoAccount", l.used_at is not null as "isUsed", r.number as "runNumber", w.name as workflow,
			(select m.role from memberships m join users u on u.id = m.user_id
				where m.team_id = l.team_id and lower(u.email) = l.address limit 1) as role,
			(select d.data->>'decision' from run_events d where d.run_id = l.run_id and d.node_id = l.node_id
				and d.iteration = l.iteration and d.type = 'step.decided' order by d.seq desc limit 1) as decision,
			s.status = 'waiting' and s.answer is null and r.ended_at is null as "isWaiting",
			(select json_build_object('seq', e.seq, 'type', e.type, 'nodeId', e.node_id, 'iteration', e.iteration, 'data', e.data,
				'at', e.at) from run_events e where e.run_id = l.run_id and e.node_id = l.node_id
				and e.iteration = l.iteration and e.type = 'step.waiting' order by e.seq desc limit 1) as event
		from approval_links l join runs r on r.id = l.run_id join workflows w on w.id = r.workflow_id
			join teams t on t.id = l.team_id
			join run_steps s on s.run_id = l.run_id and s.node_id = l.node_id and s.iteration = l.iteration
		where l.token_hash = ${hash} or l.id = ${id}`;
	if (row === undefined) return undefined;
	const { event, ...link } = row;
	const read = toRunEvent({ ...event, at: new Date(event.at) });
	if (read?.type !== "step.waiting" || read.data.for !== "approval") return undefined;
	return { ...link, question: read.data };
}

/** Whether the mail at that address is enough: the approval says so, or it is that of a member who may decide. */
export function mayDecideByLink({ needsNoAccount, role, address, question }: ApprovalLink): boolean {
	if (needsNoAccount) return true;
	return role !== null && mayDecide(question.approvers, { role, email: address, isAddressVerified: true });
}

export type LinkState = "open" | "used" | "decided" | "over" | "refused";

/** What a link is good for. It ends with the decision, whoever makes it, and with the wait. */
export function stateOfLink(link: ApprovalLink): LinkState {
	if (link.isUsed) return "used";
	if (link.decision !== null) return "decided";
	if (!link.isWaiting) return "over";
	return mayDecideByLink(link) ? "open" : "refused";
}
