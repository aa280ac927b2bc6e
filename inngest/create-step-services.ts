import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "@/db/client";
import { openFileStore } from "@/server/artifacts/file-store";
import { openCredentials, openKnownValues } from "@/server/credentials/open-credentials";
import { openTeamKey } from "@/server/credentials/team-key";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { createFairSlots } from "@/server/execution/fair-slots";
import { limitProviders } from "@/server/execution/provider-limits";
import { createRunCache } from "@/server/execution/run-cache";
import { watchRunSignals } from "@/server/execution/run-signals";
import { createRunSecrets, type OpenSecrets, type OpenTeamKey } from "@/server/execution/secrets/run-secrets";
import type { StepServices } from "@/server/execution/step-services";
import { createOutboundFetch, MAX_RESPONSE_BYTES } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { createResolveAllowed } from "@/server/http/resolve-allowed";
import { createServerBill, createServerProviders } from "@/server/llm/server-providers";
import { createSendStepMail } from "@/server/mail/send-step-mail";
import { logger } from "@/server/observability/logger";
import { closeInheritedDescriptors } from "@/server/runners/inherited-descriptors";
import { createLocalRunner } from "@/server/runners/local-runner";

/** Steps that execute at once in one worker. */
export const DEFAULT_CONCURRENCY = 64;
/** Runs that are walked at once, per step that may execute: most of them wait for a slot, which they share fairly. */
export const WALKS_PER_STEP = 8;

const log = logger.child({ part: "worker" });

/** Where Weft and its data lie: the directory it was started in, the one its program is in, and their packages. */
function weftPaths(dataDirectory: string): string[] {
	const program = dirname(fileURLToPath(import.meta.url));
	const roots = [process.cwd(), findUp(program, "package.json") ?? program];
	return [resolve(dataDirectory), ...roots, ...roots.map((root) => join(root, "node_modules"))];
}

function findUp(directory: string, name: string): string | undefined {
	if (existsSync(join(directory, name))) return directory;
	return directory === dirname(directory) ? undefined : findUp(dirname(directory), name);
}

/** Creates the services that a worker's steps use, as the environment sets them up. */
export async function createStepServices(database: Database, worker: string): Promise<StepServices> {
	const env = getEnv();
	const warn = (message: string, error: unknown) => log.warn({ err: error }, message);
	const runner = createLocalRunner({
		directory: join(env.WEFT_DATA_DIR, "workspaces"),
		workerId: worker,
		sandbox: env.WEFT_SANDBOX,
		hidden: weftPaths(env.WEFT_DATA_DIR),
	});
	const authorities = readAuthorities(env);
	const resolveAllowed = createResolveAllowed(env.WEFT_ALLOW_ADDRESSES);
	const outbound = createOutboundFetch({
		allow: env.WEFT_ALLOW_ADDRESSES,
		authorities,
		// The largest answers are kept as files.
		maxResponseBytes: Math.max(MAX_RESPONSE_BYTES, env.WEFT_ARTIFACTS_FILE_MB * 1_000_000),
	});
	const findProvider = createServerProviders(env, outbound);
	await closeInheritedDescriptors();
	await runner.reapOrphans();
	const openSecrets: OpenSecrets = (run, references) => openCredentials(database, run, references);
	const openKey: OpenTeamKey = (teamId) => openTeamKey(database.db, getMasterSecrets(), teamId);
	const cache = createRunCache(database.sql, openKey);
	const signals = await watchRunSignals(database.sql, {
		runStopped(runId) {
			cache.evict(runId);
			runner.release(runId).catch((error) => warn("A stopped run's workspace was not removed.", error));
		},
		error: (error) => warn("Could not look for stopped runs.", error),
	});
	return {
		worker,
		sql: database.sql,
		database,
		runner,
		files: openFileStore(database.sql),
		llm: limitProviders(findProvider, database, env.WEFT_LLM_LIMITS),
		bill: createServerBill(env),
		fetch: outbound,
		resolve: resolveAllowed,
		authorities,
		mail: createSendStepMail(database, { resolve: resolveAllowed, authorities }),
		openSecrets,
		secretsOf: createRunSecrets((run, references) => openKnownValues(database, run, references), openKey),
		slots: createFairSlots(env.WEFT_WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY),
		suspectSlots: createFairSlots(1),
		cpuSlots: createFairSlots(Math.max(2, availableParallelism())),
		cache,
		signals,
		warn,
	};
}
