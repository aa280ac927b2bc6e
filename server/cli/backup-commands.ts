import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startEmbeddedPostgres } from "@/db/embedded-postgres";
import { type OpenBackup, openBackup, restoreDatabase, restoreFiles } from "../backup/restore-backup";
import { writeBackup } from "../backup/write-backup";
import { getEnv } from "../env";
import { WeftError } from "../errors";
import { prepareDataDirectory } from "../launcher/data-directory";
import { lockDataDirectory } from "../launcher/data-lock";
import { printLine } from "../launcher/launcher-log";
import { removeTree } from "../runners/remove-tree";
import { withDatabaseUrl } from "./with-database";

export function defaultBackupName(now: Date): string {
	return `weft-${now.toISOString().slice(0, 19).replaceAll(":", "-")}.backup.tar.gz`;
}

/** `weft backup`: writes the archive, whether or not Weft runs at the moment. */
export async function backUp(file: string): Promise<void> {
	const { WEFT_DATA_DIR, WEFT_SECRET } = getEnv();
	const dataDirectory = resolve(WEFT_DATA_DIR);
	const manifest = await withDatabaseUrl((url) => writeBackup({ url, dataDirectory }, file));
	const { size } = await stat(file);
	printLine("backup", `${file} (${(size / 1_000_000).toFixed(1)} MB, ${manifest.tables.length} tables)`);
	const secret =
		manifest.hasSecret && !WEFT_SECRET
			? "It holds the master secret: keep it where nobody else can read it."
			: "It does not hold WEFT_SECRET, which its credentials are sealed with: keep that, too.";
	printLine("backup", secret);
}

/** `weft restore`: a data directory, or the database of DATABASE_URL, as it was when the backup was taken. */
export async function restore(file: string): Promise<void> {
	const { DATABASE_URL, WEFT_DATA_DIR } = getEnv();
	if (!existsSync(file)) throw new WeftError("not_found", `There is no file ${file}.`);
	const dataDirectory = resolve(WEFT_DATA_DIR);
	const before = await readdir(dataDirectory).catch(() => []);
	if (before.length > 0)
		throw new WeftError(
			"conflict",
			`${dataDirectory} is not empty. Move it away, or set WEFT_DATA_DIR to a new directory.`,
		);
	prepareDataDirectory(dataDirectory);
	const lock = lockDataDirectory(dataDirectory);
	try {
		const backup = await openBackup(file, dataDirectory);
		await fill(dataDirectory, DATABASE_URL, backup).finally(backup.close);
		printLine("restore", `${dataDirectory} is as it was at ${backup.manifest.takenAt}. Start Weft with npm start.`);
	} catch (error) {
		await emptyDirectory(dataDirectory);
		throw error;
	} finally {
		lock.release();
	}
}

/** Removes what a failed restore has written, so that it can be repeated. */
async function emptyDirectory(directory: string): Promise<void> {
	for (const name of await readdir(directory)) await removeTree(join(directory, name));
}

async function fill(dataDirectory: string, url: string | undefined, backup: OpenBackup): Promise<void> {
	if (url === undefined) await fillEmbedded(dataDirectory, backup);
	else await restoreDatabase(url, backup);
	await restoreFiles(dataDirectory, backup);
}

async function fillEmbedded(dataDirectory: string, backup: OpenBackup): Promise<void> {
	const database = await startEmbeddedPostgres({ directory: dataDirectory });
	try {
		await restoreDatabase(database.url, backup);
		await database.stop();
	} catch (error) {
		await database.stop("at once");
		await rm(database.data, { recursive: true, force: true });
		throw error;
	}
}
