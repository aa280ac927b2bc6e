import type { Database } from "@/db/client";
import { getEnv } from "@/server/env";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { publicAddress } from "@/server/public-address";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import { startTriggers } from "../signals/start-triggers";

/** So many ends of one moment are looked at before any of them is looked at again. */
const AT_ONCE = 500;

/**
 * Starts what is to start when runs end, for one team after the other. Each end was written down in the statement that ended its run, and is forgotten
 * once all triggers have been asked: what was cut off is repeated, and starts nothing twice.
 */
export async function deliverEnds(database: Database): Promise<void> {
	const pending = await database.sql<{ id: string }[]>`
		select e.run_id as id from run_ends e join runs r on r.id = e.run_id
		order by row_number() over (partition by r.team_id order by e.at), e.at limit ${AT_ONCE}`;
	await forEachSettled(
		pending.map(({ id }) => id),
		(id) => deliver(database, id),
	);
}

interface Ended {
	id: string;
	number: number;
	status: string;
	output: Json;
	error: Json;
	depth: number;
	teamId: string;
	team: string;
	workflowId: string;
	slug: string;
	slugs: string[];
	name: string;
}

async function deliver(database: Database, id: string): Promise<void> {
	const { sql } = database;
	await sql.begin(async (tx) => {
		const [run] = await tx<Ended[]>`
			select r.id, r.number, r.status, r.output, r.error, r.depth, r.team_id as "teamId", m.slug as team,
				w.id as "workflowId", w.slug, array_append(w.former_slugs, w.slug) as slugs, w.name
			from run_ends e join runs r on r.id = e.run_id join workflows w on w.id = r.workflow_id
				join teams m on m.id = r.team_id
			where e.run_id = ${id} for update of e skip locked`;
		if (!run) return;
		const signal = { id, teamId: run.teamId, depth: run.depth + 1, body: bodyOf(run), from: `run ${run.number}` };
		const concerned = sql`t.type = 'workflow-ended' and (t.config->'statuses')::jsonb ? ${run.status} and case
			when json_array_length(t.config->'workflows') = 0 then t.workflow_id <> ${run.workflowId}
			else exists (
				select from json_array_elements_text(t.config->'workflows') as named (slug)
				where named.slug = any(${run.slugs}::text[])
			) end`;
		await startTriggers(database, signal, concerned);
		await tx`delete from run_ends where run_id = ${id}`;
	});
}

function bodyOf({ id, number, status, output, error, team, slug, name }: Ended): JsonObject {
	const url = publicAddress(`/${team}/workflows/${slug}/runs/${number}`, getEnv());
	return { run: { id, number, status, output, error, url }, workflow: { slug, name } };
}
