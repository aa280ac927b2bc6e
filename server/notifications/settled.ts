import { type SQL, sql } from "drizzle-orm";
import { rolesWith } from "@/server/teams/permissions";
import { KIND_NAMES, type KindName, kindOf } from "./catalog";

/**
 * When a notification `n` asks for nothing any more, by its kind; one of another kind is settled by reading it alone. It is
 * looked at and never written, so that a run that ends, in whatever way, need not know who was told of it.
 */
const SETTLED: Partial<Record<KindName, SQL>> = {
	approval: sql`not exists (
		select from run_steps s where s.run_id = n.run_id and s.node_id = n.data->>'nodeId'
			and s.iteration = n.data->>'iteration' and s.status = 'waiting' and s.answer is null)`,
	invitation: sql`not exists (
		select from invitations i where i.id = n.data->>'invitationId' and i.revoked_at is null and i.uses < i.max_uses
			and i.expires_at > now())`,
	"template-review": sql`not exists (
		select from templates t where t.id = n.data->>'templateId' and t.version = (n.data->>'version')::int
			and t.is_for_instance and t.unpublished_at is null
			and t.version > greatest(coalesce(t.approved_version, 0), coalesce(t.declined_version, 0)))`,
};

/** Whether a notification `n` asks for nothing any more. */
export const isSettled: SQL = sql`case n.kind ${sql.join(
	Object.entries(SETTLED).map(([kind, condition]) => sql`when ${sql.raw(`'${kind}'`)} then ${condition}`),
	sql` `,
)} else false end`;

const literals = (texts: readonly string[]) => sql.raw(texts.map((text) => `'${text}'`).join(", "));
const STRANGERS = literals(KIND_NAMES.filter((name) => kindOf(name).isForStrangers));
const DECIDERS = literals(rolesWith("run:decide"));

/** Whether whoever was told of `n` may still know what it is about: out of the team, or of the role, it is hidden. */
export const isAllowed: SQL = sql`(case
	when n.kind = 'template-review' then exists (select from users a where a.id = n.user_id and a.is_administrator)
	else n.kind in (${STRANGERS}) or exists (
		select from memberships m where m.team_id = n.team_id and m.user_id = n.user_id
			and (n.kind <> 'approval' or m.role in (${DECIDERS}))) end)`;
