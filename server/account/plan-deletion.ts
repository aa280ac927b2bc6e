import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import type { Caller } from "@/server/teams/caller";
import { requireOwnAccount } from "./require-account";

/** What becomes of a team when one of its members deletes their account. */
export interface TeamFate {
	id: string;
	name: string;
	slug: string;
	/** It goes with its only member; it stays without them; or it would be left without an owner, which stands in the way. */
	fate: "goes" | "stays" | "needs an owner";
	workflows: number;
}

/** What happens when whoever calls deletes their account. */
export async function getDeletion(caller: Caller): Promise<{ teams: TeamFate[] }> {
	const { db } = caller.database;
	const { id } = await requireOwnAccount(db, caller);
	return { teams: await planDeletion(db, id) };
}

export async function planDeletion(db: DbLike, userId: string): Promise<TeamFate[]> {
	const rows = await db.execute<Omit<TeamFate, "fate"> & { lone: boolean; needed: boolean }>(sql`
		select t.id, t.name, t.slug,
			(select count(*)::int from workflows w where w.team_id = t.id) as workflows,
			not exists (select from memberships o where o.team_id = t.id and o.user_id <> m.user_id) as lone,
			m.role = 'owner' and not exists (
				select from memberships o where o.team_id = t.id and o.user_id <> m.user_id and o.role = 'owner') as needed
		from memberships m join teams t on t.id = m.team_id
		where m.user_id = ${userId} order by t.name, t.id`);
	return rows.map(({ id, name, slug, workflows, lone, needed }) => ({
		...{ id, name, slug, workflows },
		fate: lone ? "goes" : needed ? "needs an owner" : "stays",
	}));
}
