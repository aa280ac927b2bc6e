import { join } from "node:path";
import pLimit from "p-limit";
import type { Database } from "@/db/client";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { createProviders } from "@/server/llm/providers";
import { logger } from "@/server/observability/logger";
import { createLocalRunner } from "@/server/runners/local-runner";
import { createRunMemory } from "./functions/run-memory";
import { watchRunSignals } from "./functions/run-signals";
import type { StepWorld } from "./functions/world";

/** Steps that execute at once in one worker. */
export const DEFAULT_CONCURRENCY = 64;

const log = logger.child({ part: "worker" });

/** Puts together what a worker brings to its steps, from the environment. */
export async function createWorld(database: Database, worker: string): Promise<StepWorld> {
	const env = getEnv();
	const warn = (message: string, error: unknown) => log.warn({ err: error }, message);
	const runner = createLocalRunner({ directory: join(env.WEFT_DATA_DIR, "workspaces"), workerId: worker });
	await runner.reapOrphans();
	const memory = createRunMemory(database.sql);
	const signals = await watchRunSignals(database.sql, {
		runStopped(runId) {
			memory.forget(runId);
			runner.release(runId).catch((error) => warn("A stopped run's workspace was not removed.", error));
		},
		error: (error) => warn("Could not look for stopped runs.", error),
	});
	return {
		worker,
		sql: database.sql,
		runner,
		llm: createProviders({ anthropicApiKey: env.ANTHROPIC_API_KEY, anthropicBaseUrl: env.ANTHROPIC_BASE_URL }),
		fetch: createOutboundFetch({ allow: env.WEFT_ALLOW_ADDRESSES }),
		openSecrets: (teamId, names) => openCredentials(database, teamId, names),
		limit: pLimit(env.WEFT_WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY),
		memory,
		signals,
		warn,
	};
}
