import type { Sql } from "@/db/client";
import { type Env, getEnv } from "@/server/env";
import { openStorage } from "./storage/open-storage";
import type { ArtifactStorage } from "./storage/storage";

/** What keeps files: their bytes in the storage, and what is known of them in the database. */
export interface FileStore {
	sql: Sql;
	storage: ArtifactStorage;
	limits: FileLimits;
}

/** In bytes. */
export interface FileLimits {
	file: number;
	run: number;
	team: number;
}

const MEGABYTE = 1_000_000;

/** The file store of this installation. */
export function openFileStore(sql: Sql): FileStore {
	return { sql, storage: openStorage(), limits: readLimits(getEnv()) };
}

function readLimits(env: Env): FileLimits {
	return {
		file: env.WEFT_ARTIFACTS_FILE_MB * MEGABYTE,
		run: env.WEFT_ARTIFACTS_RUN_MB * MEGABYTE,
		team: env.WEFT_ARTIFACTS_TEAM_MB * MEGABYTE,
	};
}
