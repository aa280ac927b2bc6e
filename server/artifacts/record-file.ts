import type { Sql, SqlLike } from "@/db/client";
import { FatalError } from "@/server/errors";
import type { ArtifactRef } from "./artifact-ref";
import type { FilePlace, StoredFile } from "./stored-file";

/**
 * Makes a stored file an artifact of its run. A repeated one replaces the first, whose bytes are removed later.
 * @throws FatalError when the run is gone, or the step was taken over
 */
export async function recordFile(sql: Sql, place: FilePlace, file: StoredFile): Promise<ArtifactRef> {
	return await sql.begin((tx) => recordFileIn(tx, place, file));
}

/** The same within a transaction. */
export async function recordFileIn(tx: SqlLike, place: FilePlace, file: StoredFile): Promise<ArtifactRef> {
	const { runId, nodeId, iteration, attempt, teamId, claim = null } = place;
	const { id, name, kind, type, size, sha256, storageKey } = file;
	// The row's lock is what the removal of unnamed bytes waits for.
	const kept = await tx`
		update stored_files set size = ${size}, recorded_at = now() where key = ${storageKey} and doomed_at is null`;
	if (kept.count === 0) throw new FatalError(`${name} took longer than a day to store. Run the step again.`);
	const [row] = await tx<{ id: string }[]>`
		insert into artifacts (id, team_id, run_id, node_id, iteration, attempt, name, kind, type, size, sha256, storage_key)
		select ${id}, team_id, id, ${nodeId}, ${iteration}, ${attempt}, ${name}, ${kind}, ${type}, ${size}, ${sha256}, ${storageKey}
		from runs where id = ${runId} and team_id = ${teamId} and (${claim}::int is null or exists (
			select from run_steps where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration} and claim = ${claim}
		))
		on conflict (run_id, node_id, iteration, attempt, name) do update set kind = excluded.kind, type = excluded.type,
			size = excluded.size, sha256 = excluded.sha256, storage_key = excluded.storage_key
		returning id`;
	if (row === undefined)
		throw new FatalError(`${name} was not kept: the run is gone, or another worker does this step.`);
	return { id: row.id, name, type, size, kind };
}
