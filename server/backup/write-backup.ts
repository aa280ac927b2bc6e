import { createWriteStream } from "node:fs";
import { copyFile, lstat, mkdir, mkdtemp, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { create } from "tar";
import type { SqlLike } from "@/db/client";
import { readAppliedMigrations } from "@/db/migration-state";
import { WeftError } from "../errors";
import { removeTree } from "../runners/remove-tree";
import { copyTarget, MANIFEST, type Manifest } from "./backup-manifest";
import { copyWorkspaces } from "./copy-workspaces";
import { linkArtifacts } from "./link-artifacts";
import { listSequences, listTables } from "./list-tables";

export interface BackupSource {
	url: string;
	/** An existing data directory: its secret, the workspaces and the files of runs go along. */
	dataDirectory: string;
}

/**
 * Writes everything that a Weft knows into one archive, while it runs: the database as it is at one moment, then the files of
 * its runs. Returns what the archive holds.
 * @param file the archive; it appears when it is complete, and one that exists is not replaced
 */
export async function writeBackup(source: BackupSource, file: string): Promise<Manifest> {
	if (await exists(file)) throw new WeftError("conflict", `${file} exists already. Choose another name.`);
	await mkdir(dirname(file), { recursive: true });
	const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
	try {
		// Before the database and after it: what its rows name was there at one of both times, whatever is removed meanwhile.
		const files = [join(source.dataDirectory, "artifacts"), join(folder, "artifacts")] as const;
		await linkArtifacts(...files);
		const manifest = await dumpDatabase(source, folder);
		await linkArtifacts(...files);
		await copyFiles(source.dataDirectory, folder);
		await writeFile(join(folder, MANIFEST), JSON.stringify(manifest, null, "\t"));
		const archive = join(folder, "archive.tar.gz");
		const entries = [MANIFEST, "database", ...(manifest.hasSecret ? ["secret"] : []), "workspaces", "artifacts"];
		await create({ gzip: { level: 6 }, file: archive, cwd: folder, mode: 0o600 }, entries);
		await rename(archive, file);
		return manifest;
	} finally {
		await removeTree(folder);
	}
}

async function dumpDatabase({ url, dataDirectory }: BackupSource, folder: string): Promise<Manifest> {
	await mkdir(join(folder, "database"));
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
	try {
		return await sql.begin("isolation level repeatable read read only", async (tx) => {
			const tables = await listTables(tx);
			if (tables.length === 0) throw new WeftError("not_found", "There is nothing to back up: this database is empty.");
			for (const table of tables) {
				const rows = await tx.unsafe(`copy ${copyTarget(table)} to stdout`).readable();
				await pipeline(rows, createWriteStream(join(folder, table.file), { mode: 0o600 }));
			}
			return await writeManifest(tx, tables, dataDirectory);
		});
	} finally {
		await sql.end({ timeout: 2 });
	}
}

async function writeManifest(tx: SqlLike, tables: Manifest["tables"], dataDirectory: string): Promise<Manifest> {
	return {
		format: 1,
		takenAt: new Date().toISOString(),
		migrations: await readAppliedMigrations(tx),
		tables,
		sequences: await listSequences(tx),
		hasSecret: await exists(join(dataDirectory, "secret")),
	};
}

async function copyFiles(dataDirectory: string, folder: string): Promise<void> {
	const secret = join(dataDirectory, "secret");
	if (await exists(secret)) await copyFile(secret, join(folder, "secret"));
	const workspaces = join(dataDirectory, "workspaces");
	if (await exists(workspaces)) await copyWorkspaces(workspaces, join(folder, "workspaces"));
	else await mkdir(join(folder, "workspaces"));
}

async function exists(path: string): Promise<boolean> {
	return (await lstat(path).catch(() => undefined)) !== undefined;
}
