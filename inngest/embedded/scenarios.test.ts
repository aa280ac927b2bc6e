import { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { allScenarios } from "../scenarios/all-scenarios";
import { Probe } from "../scenarios/probe";
import { silentLogger } from "../scenarios/silent-logger";
import { createEmbeddedEngine, type EmbeddedEngine } from "./create-embedded-engine";
import { readEngineStatus } from "./engine-status";
import { serve } from "./serve";

const checkpointings = [
	{ name: "a checkpoint after every step", checkpointing: true as const },
	{
		name: "buffered checkpoints",
		checkpointing: { bufferedSteps: 20, maxInterval: "200ms", maxRuntime: "5m" } as const,
	},
	{ name: "no checkpoints", checkpointing: false as const },
];

describe.each(checkpointings)("on the embedded engine, with $name", ({ checkpointing }) => {
	let database: TestDatabase;
	let engine: EmbeddedEngine;
	const log = { info: () => {}, warn: vi.fn(), error: vi.fn() };
	const stages = new Map(allScenarios.map((scenario) => [scenario.id, new Probe()]));
	const stageOf = (id: string, client: Inngest) => ({ client, id, probe: stages.get(id) ?? new Probe() });
	let client: Inngest;

	beforeAll(async () => {
		database = await createTestDatabase();
		engine = createEmbeddedEngine({ database, maxInFlight: 32, backoff: () => 10, log });
		client = new Inngest({ id: "scenarios", isDev: true, fetch: engine.fetch, checkpointing, logger: silentLogger });
		const functions = allScenarios.flatMap((scenario) => scenario.functions(stageOf(scenario.id, client)));
		await engine.start(serve({ client, functions }));
		await engine.leading();
	});
	afterAll(async () => {
		await engine.stop();
		await database.drop();
	});

	test.concurrent.each(allScenarios)("$name", async (scenario) => {
		await scenario.play(stageOf(scenario.id, client));
	});

	test("ended runs leave nothing in the engine's tables", async () => {
		await vi.waitFor(async () => {
			const status = await readEngineStatus(database.sql);
			expect(status).toMatchObject({ pendingEvents: 0, runs: 0, jobs: 0, steps: 0 });
		}, 20_000);
		expect(engine.state()).toMatchObject({ role: "leading", runs: 0, executing: 0, waiting: 0 });
		expect(log.error).not.toHaveBeenCalled();
		expect(log.warn).not.toHaveBeenCalled();
	});
});
