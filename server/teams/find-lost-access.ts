import type { Sql } from "@/db/client";
import { SESSION_DAYS } from "@/server/auth/sessions";
import { WeftError } from "@/server/errors";
import type { Caller } from "./caller";
import { teamNotFound } from "./require-member";

/** Somebody who was let into a team some time ago, or signed in where no team matters. */
type Member = Omit<Caller, "database"> & { team: string | null };

interface Asked {
	/** The member's place in what was asked. */
	place: number;
	userId: string | null;
	team: string | null;
	session: string | null;
}

/** Who may no longer see their team, and why: `unauthenticated` when the session has ended, else `not_found`. One query. */
export async function findLostAccess<One extends Member>(
	sql: Sql,
	members: readonly One[],
): Promise<ReadonlyMap<One, WeftError>> {
	const asked = members.map(({ actor, team, session }, place): Asked => {
		const userId = actor.kind === "user" ? actor.id : null;
		return { place, userId, team, session: session?.id ?? null };
	});
	const rows = await sql<{ place: number; ended: boolean }[]>`
		select * from (
			select a.place, u.id is null or (a.session is not null and s.id is null) as ended, a.team is null or m.user_id is not null as member
			from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb)
				as a (place int, "userId" text, team text, session text)
				left join users u on u.id = a."userId"
				left join sessions s on s.id = a.session and s.user_id = u.id
					and s.last_seen_at > now() - make_interval(days => ${SESSION_DAYS})
				left join teams t on t.slug = a.team or t.former_slugs @> array[a.team]
				left join memberships m on m.team_id = t.id and m.user_id = u.id
		) found where ended or not member`;
	const lost = new Map<One, WeftError>();
	for (const { place, ended } of rows) {
		const member = members[place];
		if (member) lost.set(member, reasonFor(ended ? null : member.team));
	}
	return lost;
}

function reasonFor(lostTeam: string | null): WeftError {
	return lostTeam === null ? new WeftError("unauthenticated", "Sign in to continue.") : teamNotFound(lostTeam);
}
