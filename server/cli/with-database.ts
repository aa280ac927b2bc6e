import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmbeddedPostgres } from "@/db/embedded-postgres";
import { getEnv } from "../env";
import { WeftError } from "../errors";
import { lockDataDirectory } from "../launcher/data-lock";

/** Works on Weft's database: that of DATABASE_URL, or the embedded one, whether or not Weft runs at the moment. */
export async function withDatabaseUrl<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
	const { DATABASE_URL, WEFT_DATA_DIR } = getEnv();
	return DATABASE_URL ? await work(DATABASE_URL) : await withEmbeddedDatabase(resolve(WEFT_DATA_DIR), work);
}

/** The database of a data directory: the one that runs there, or one started for as long as `work` takes. */
async function withEmbeddedDatabase<Result>(
	dataDirectory: string,
	work: (url: string) => Promise<Result>,
): Promise<Result> {
	if (!existsSync(join(dataDirectory, "postgres.json")))
		throw new WeftError(
			"not_found",
			`There is no data in ${dataDirectory}. Set WEFT_DATA_DIR to the data directory of Weft.`,
		);
	const lock = tryLock(dataDirectory);
	try {
		const database = await startEmbeddedPostgres({ directory: dataDirectory });
		try {
			return await work(database.url);
		} finally {
			if (lock) await database.stop();
		}
	} finally {
		lock?.release();
	}
}

/** Undefined when Weft runs on the directory: its database is there to be asked. */
function tryLock(dataDirectory: string) {
	try {
		return lockDataDirectory(dataDirectory);
	} catch (error) {
		if (error instanceof WeftError && error.code === "conflict") return undefined;
		throw error;
	}
}
