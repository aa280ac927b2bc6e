import { newId } from "@/db/new-id";
import { FatalError } from "@/server/errors";
import { describeSize } from "./artifact-ref";
import { toFileName } from "./file-name";
import type { FileStore } from "./file-store";

export interface Reserved {
	/** As it is stored. */
	name: string;
	/** Where its bytes go. */
	key: string;
	/** So many of them at most. */
	size: number;
}

/**
 * Writes down that a file will be stored, which counts for its team from then on: two at once cannot exceed the quota
 * together. @throws FatalError for a name that cannot be kept, and beyond a limit
 */
export async function reserveFile(
	{ sql, limits }: FileStore,
	{ teamId, runId }: { teamId: string; runId?: string },
	{ name: path, size: known }: { name: string; size?: number | undefined },
): Promise<Reserved> {
	const name = toFileName(path);
	if (name === undefined)
		throw new FatalError(
			`A file cannot be called ${JSON.stringify(path.slice(0, 100))}. Use a shorter, plain name, such as reports/unit.html.`,
		);
	if (known !== undefined && known > limits.file)
		throw new FatalError(
			`${name} has ${describeSize(known)}, and a file holds at most ${describeSize(limits.file)}. Split or compress it, or ask an administrator to raise WEFT_ARTIFACTS_FILE_MB.`,
		);
	const key = `${teamId.toLowerCase()}/${newId()}`;
	const size = await sql.begin(async (tx) => {
		await tx`select pg_advisory_xact_lock(hashtextextended(${`files of ${teamId}`}, 0))`;
		const [used] = await tx<{ team: number; run: number }[]>`
			select (select coalesce(sum(size), 0) from stored_files where team_id = ${teamId} and doomed_at is null)::float8 as team,
				(select coalesce(sum(size), 0) from artifacts where run_id = ${runId ?? null})::float8 as run`;
		const left = Math.min(limits.file, limits.run - (used?.run ?? 0), limits.team - (used?.team ?? 0));
		const size = known ?? Math.max(1, left);
		if ((used?.run ?? 0) + size > limits.run)
			throw new FatalError(
				`${name} does not fit: the files of this run have ${describeSize(used?.run ?? 0)} of at most ${describeSize(limits.run)}. Keep fewer or smaller files, or ask an administrator to raise WEFT_ARTIFACTS_RUN_MB.`,
			);
		if ((used?.team ?? 0) + size > limits.team)
			throw new FatalError(
				`${name} does not fit: the team's files have ${describeSize(used?.team ?? 0)} of at most ${describeSize(limits.team)}. Keep fewer or smaller files, or ask an administrator to raise WEFT_ARTIFACTS_TEAM_MB.`,
			);
		await tx`insert into stored_files (key, team_id, size) values (${key}, ${teamId}, ${size})`;
		return size;
	});
	return { name, key, size };
}
