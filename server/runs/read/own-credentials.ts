import type { Sql } from "@/db/client";
import { type EventRow, toRunEvent } from "../store/event-row";

/** Personal credentials that a run's steps have read, or may have. */
export interface OwnCredentials {
	/** The id of whoever started the run, whose they are. */
	owner: string;
	names: string[];
}

/**
 * Of these runs those that read personal credentials, which are of use to nobody but their owner. Beside what was known when
 * a run began, those of its owner count that it names: one may have been added while the run was under way.
 */
export async function findOwnCredentials(
	sql: Sql,
	runIds: readonly string[],
): Promise<ReadonlyMap<string, OwnCredentials>> {
	const rows = await sql<(EventRow & { id: string; owner: string; named: string[] })[]>`
		select r.id, r.actor->>'id' as owner, e.seq, e.type, e.node_id as "nodeId", e.iteration, e.data, e.at,
			array(
				select c.name from credentials c join plans p on p.team_id = r.team_id and p.hash = r.plan_hash
				where c.team_id = r.team_id and c.owner_id = r.actor->>'id' and strpos(p.plan::text, c.name) > 0
			) as named
		from run_events e join runs r on r.id = e.run_id
		where r.id = any(${[...runIds]}::text[]) and r.actor->>'kind' = 'user' and e.type = 'run.queued'`;
	return new Map(
		rows.flatMap(({ id, owner, named, ...row }) => {
			const event = toRunEvent(row);
			const known = event.type === "run.queued" ? (event.data.ownCredentials ?? []) : [];
			const names = [...new Set([...known, ...named])];
			return names.length === 0 ? [] : [[id, { owner, names }] as const];
		}),
	);
}
