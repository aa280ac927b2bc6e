import { join } from "node:path";
import { type Env, getEnv } from "@/server/env";
import { oncePerProcess } from "@/server/once-per-process";
import { createDiskStorage } from "./disk-storage";
import { createS3Storage } from "./s3-storage";
import type { ArtifactStorage } from "./storage";

/** The storage of this installation: one for all of a process, so that its connections are shared. */
export function openStorage(): ArtifactStorage {
	return oncePerProcess("artifact-storage", () => createStorage(getEnv()));
}

/** The storage that the environment sets up. Nothing is loaded or connected before it is used. */
export function createStorage(env: Env): ArtifactStorage {
	if (env.WEFT_ARTIFACTS === "disk") return createDiskStorage(join(env.WEFT_DATA_DIR, "artifacts"));
	const { WEFT_ARTIFACTS_ACCESS_KEY_ID: accessKeyId, WEFT_ARTIFACTS_SECRET_ACCESS_KEY: secretAccessKey } = env;
	return createS3Storage({
		bucket: env.WEFT_ARTIFACTS_BUCKET ?? "",
		endpoint: env.WEFT_ARTIFACTS_ENDPOINT,
		region: env.WEFT_ARTIFACTS_REGION,
		...(accessKeyId && secretAccessKey && { keys: { accessKeyId, secretAccessKey } }),
	});
}
