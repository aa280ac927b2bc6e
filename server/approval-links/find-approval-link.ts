import type { SqlLike } from "@/db/client";
import { findAskedStep, type Question } from "@/server/runs/read/asked-step";
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
	const [row] = await sql<LinkRow[]>`
		select l.id, l.team_id as "teamId", l.run_id as "runId", l.node_id as "nodeId", l.iteration, l.address,
			l.needs_no_account as "needsNoAccount", l.used_at is not null as "isUsed",
			(select m.role from memberships m join users u on u.id = m.user_id
				where m.team_id = l.team_id and lower(u.email) = l.address limit 1) as role
		from approval_links l where l.token_hash = ${hash} or l.id = ${id}`;
	if (row === undefined) return undefined;
	const asked = await findAskedStep(sql, row);
	if (asked === undefined) return undefined;
	const { team, workflow, runNumber, isWaiting, question, decided } = asked;
	const decision = decided?.decision ?? null;
	return { ...row, team: team.name, workflow: workflow.name, runNumber, isWaiting, question, decision };
}

type LinkRow = Omit<ApprovalLink, "team" | "workflow" | "runNumber" | "isWaiting" | "question" | "decision">;

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
