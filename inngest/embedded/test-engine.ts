import { Inngest, type InngestFunction } from "inngest";
import { type Mock, vi } from "vitest";
import type { Database } from "@/db/client";
import { Probe } from "../scenarios/probe";
import { silentLogger } from "../scenarios/silent-logger";
import { createEmbeddedEngine, type EmbeddedEngine } from "./create-embedded-engine";
import { readEngineStatus } from "./engine-status";
import { serve } from "./serve";

export interface TestEngine {
	engine: EmbeddedEngine;
	client: Inngest;
	probe: Probe;
	/** What the engine warned of. */
	warn: Mock;
}

type MakeFunctions = (client: Inngest, probe: Probe) => InngestFunction.Any[];

/** An engine in this process that drives these functions. Not yet leading if another one is. */
export async function startEngine(
	database: Database,
	makeFunctions: MakeFunctions,
	probe = new Probe(),
): Promise<TestEngine> {
	const warn = vi.fn();
	const log = { info: () => {}, warn, error: () => {} };
	const engine = createEmbeddedEngine({ database, maxInFlight: 32, backoff: () => 10, log });
	const client = new Inngest({ id: "test", isDev: true, fetch: engine.fetch, logger: silentLogger });
	await engine.start(serve({ client, functions: makeFunctions(client, probe) }));
	return { engine, client, probe, warn };
}

/** Resolves when no run is left and no event is waiting. */
export async function waitUntilIdle(database: Database): Promise<void> {
	await vi.waitUntil(
		async () => {
			const { pendingEvents, runs, jobs, steps } = await readEngineStatus(database.sql);
			return pendingEvents + runs + jobs + steps === 0;
		},
		{ timeout: 25_000, interval: 20 },
	);
}
