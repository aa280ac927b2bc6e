import { z } from "zod";
import { runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findRun } from "./create-link";
import type { Visitor } from "./open-link";
import { readFilm } from "./read-film";
import { readRunFilter } from "./run-filter";
import type { showsSchema } from "./shows";
import { countFilm } from "./visit-limits";
import { enterRun, type linkInput } from "./visit-run";

const flag = z.stringbool().default(false);

/** As an address says it: `?team=…&runId=…&outputs=true`. */
export const downloadFilmInput = runIdInput.extend({
	settings: flag,
	inputs: flag,
	outputs: flag,
	logs: flag,
} satisfies Record<keyof z.infer<typeof showsSchema>, typeof flag>);

/** What a film of a run is made of, for a member of its team who takes it elsewhere: hidden is what a link would hide. */
export async function downloadFilm(
	{ database, actor }: Caller,
	{ team: slug, runId, ...shows }: z.infer<typeof downloadFilmInput>,
) {
	const { team } = await requireMember(database.db, actor, slug, "run:share");
	const run = await findRun(database.db, team.id, runId);
	const filter = await readRunFilter(database.db, runId, shows);
	return await readFilm(database, { runId, filter, workflow: run.workflowName, team: team.name });
}

/** The same for whoever has a link: as much as it shows. */
export async function visitFilm(visitor: Visitor, { token }: z.infer<typeof linkInput>) {
	await countFilm(visitor.address);
	const { link, runId, filter } = await enterRun(visitor, token);
	const { workflow, teamName } = link;
	return await readFilm(visitor.database, { runId, filter, workflow: workflow.name, team: teamName });
}
