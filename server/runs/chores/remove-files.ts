import type { Sql } from "@/db/client";
import type { ArtifactStorage } from "@/server/artifacts/storage/storage";

const BATCH = 500;

/**
 * Removes the bytes that no artifact names: of runs and teams that were deleted, of replaced files, and of writes that were
 * cut off. A row is doomed before its bytes go and forgotten after them, so whoever is cut off in between is followed by another.
 */
export async function removeFiles(sql: Sql, storage: ArtifactStorage): Promise<void> {
	for (;;) {
		await doomUnnamed(sql);
		const doomed = await sql<{ key: string }[]>`
			select key from stored_files where doomed_at is not null order by doomed_at limit ${BATCH}`;
		const keys = doomed.map(({ key }) => key);
		if (keys.length === 0) return;
		await storage.remove(keys);
		await sql`delete from stored_files where key = any(${keys}::text[]) and doomed_at is not null`;
	}
}

/**
 * Rows are locked first and judged by a second statement, which sees every artifact that named one before: naming one
 * takes the same lock. A write gets a day, after which its worker or web server is taken for dead.
 */
async function doomUnnamed(sql: Sql): Promise<void> {
	await sql.begin(async (tx) => {
		const found = await tx<{ key: string }[]>`
			select key from stored_files f
			where doomed_at is null and (recorded_at is not null or created_at < now() - interval '1 day')
				and not exists (select from artifacts a where a.storage_key = f.key)
			limit ${BATCH} for update skip locked`;
		const keys = found.map(({ key }) => key);
		await tx`
			update stored_files f set doomed_at = now()
			where key = any(${keys}::text[]) and not exists (select from artifacts a where a.storage_key = f.key)`;
	});
}
