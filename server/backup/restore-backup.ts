import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { WeftError } from "../errors";
import { removeTree } from "../runners/remove-tree";
import { copyTarget, MANIFEST, type Manifest, manifestSchema, quoteName } from "./backup-manifest";
import { unpackArchive } from "./unpack-archive";

/** An unpacked backup. */
export interface OpenBackup {
	manifest: Manifest;
	folder: string;
	close(): Promise<void>;
}

/**
 * Unpacks an archive into a folder of its own below `parent`.
 * @throws WeftError when it is no backup of Weft
 */
export async function openBackup(file: string, parent: string): Promise<OpenBackup> {
	const folder = await mkdtemp(join(parent, ".restore-"));
	const close = () => removeTree(folder);
	try {
		await unpackArchive(file, folder);
		const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), "utf8")));
		return { manifest, folder, close };
	} catch (cause) {
		await close();
		throw new WeftError("invalid", `${file} is not a backup that this version of Weft can read.`, { cause });
	}
}

/**
 * Fills an empty database with a backup's rows, in the tables that they came from, and brings those up to date.
 * Throws a `WeftError` when the database has tables already, or the backup comes from a newer version.
 */
export async function restoreDatabase(url: string, { manifest, folder }: OpenBackup): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
	try {
		const [found] = await sql`select 1 from pg_tables where schemaname in ('public', 'engine', 'drizzle') limit 1`;
		if (found)
			throw new WeftError("conflict", "The database has tables already. Restore into an empty one: create it first.");
		await migrateDatabase(url, manifest.migrations);
		await sql.begin(async (tx) => {
			for (const table of manifest.tables) {
				const target = await tx.unsafe(`copy ${copyTarget(table)} from stdin`).writable();
				await pipeline(createReadStream(join(folder, table.file)), target);
			}
			for (const { schema, name, last } of manifest.sequences)
				await tx`select setval(${`${quoteName(schema)}.${quoteName(name)}`}::regclass, ${last}::bigint)`;
		});
		await sql`analyze`;
	} finally {
		await sql.end({ timeout: 2 });
	}
	await migrateDatabase(url);
}

/** Moves the files of a backup into a data directory that has none of them. */
export async function restoreFiles(dataDirectory: string, { manifest, folder }: OpenBackup): Promise<void> {
	// Backups that were taken before runs had files have none.
	const hasFiles = existsSync(join(folder, "artifacts"));
	for (const name of [...(manifest.hasSecret ? ["secret"] : []), "workspaces", ...(hasFiles ? ["artifacts"] : [])])
		await rename(join(folder, name), join(dataDirectory, name));
}
