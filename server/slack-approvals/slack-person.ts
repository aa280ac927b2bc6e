import { z } from "zod";
import type { SqlLike } from "@/db/client";
import { WeftError } from "@/server/errors";
import { callSlack, type SlackContext } from "@/server/nodes/call-slack";
import type { Question } from "@/server/runs/read/asked-step";
import { mayDecide, type Role } from "@/server/teams/permissions";
import type { SlackApproval } from "./slack-approval";

/** Somebody who has clicked, as Slack's signature names them. */
export interface Clicker {
	id: string;
	name: string;
}

export interface SlackPerson extends Clicker {
	/** Of their profile, confirmed by Slack; undefined where it is not asked for. */
	address: string | undefined;
}

const userSchema = z.object({
	user: z.object({
		team_id: z.string().optional(),
		real_name: z.string().max(200).optional(),
		is_bot: z.boolean().optional(),
		is_stranger: z.boolean().optional(),
		is_email_confirmed: z.boolean().optional(),
		enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
		profile: z.object({ email: z.string().max(320).optional() }).optional(),
	}),
});

/**
 * Who somebody in Slack is. Those whom the approval names are known by their id; of others Slack is asked for their address.
 * Throws `forbidden` where that says nothing: it is of another workspace, whose admins may write any, or not confirmed.
 */
export async function identify(
	context: SlackContext,
	{ token, approval }: { token: string; approval: SlackApproval },
	clicker: Clicker,
): Promise<SlackPerson> {
	if (approval.people.includes(clicker.id)) return { ...clicker, address: undefined };
	const expected = ["missing_scope", "user_not_found", "user_not_visible"];
	const answer = await callSlack(context, { token, method: "users.info", body: { user: clicker.id }, expected });
	const { user } = userSchema.safeParse(answer).data ?? {};
	const address = user?.profile?.email;
	if (answer.error === "missing_scope" || (user && address === undefined && !user.is_bot))
		throw new WeftError("forbidden", NO_SCOPE);
	const isOurs =
		approval.workspace !== null &&
		[user?.team_id, ...(user?.enterprise_user?.teams ?? [])].includes(approval.workspace) &&
		user?.is_stranger !== true;
	if (!isOurs || address === undefined || user?.is_bot || user?.is_email_confirmed === false)
		throw new WeftError("forbidden", NOT_KNOWN);
	return { id: clicker.id, name: user?.real_name || clicker.name, address: address.toLowerCase() };
}

const NO_SCOPE =
	"Slack does not tell Weft who you are. Give the app the scopes users:read and users:read.email and install it again, or name your member ID in the approval.";
const NOT_KNOWN =
	"Slack cannot vouch for who you are. Decide it in Weft, or have your member ID named in the approval.";

/** Throws `forbidden` unless they may decide the question: named by their id, or a member whom it asks. */
export async function requireDecider(
	sql: SqlLike,
	{ approval, question }: { approval: SlackApproval; question: Question },
	{ id, address }: SlackPerson,
): Promise<void> {
	if (approval.people.includes(id)) return;
	const [member] = await sql<{ role: Role; email: string }[]>`
		select m.role, u.email from memberships m join users u on u.id = m.user_id
		where m.team_id = ${approval.teamId} and lower(u.email) = ${address ?? ""} limit 1`;
	if (member === undefined)
		throw new WeftError("forbidden", `No member of the team has the address ${address}. Ask an admin of the team.`);
	if (!mayDecide(question.approvers, { ...member, isAddressVerified: true }))
		throw new WeftError("forbidden", "You are not among those who may decide this.");
}
