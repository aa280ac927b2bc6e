import { createServer, type Server } from "node:http";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getEnv } from "@/server/env";
import { allScenarios } from "./all-scenarios";
import { Probe } from "./probe";
import { silentLogger } from "./silent-logger";

const { INNGEST_BASE_URL: baseUrl, INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = getEnv();

describe.skipIf(baseUrl === undefined)("on the Inngest server at INNGEST_BASE_URL", () => {
	let server: Server;
	// Unique per execution: a server keeps the events of earlier ones.
	const prefix = `s${Date.now().toString(36)}`;
	const probes = new Map(allScenarios.map((scenario) => [scenario.id, new Probe()]));
	const client = new Inngest({
		id: "weft-scenarios",
		baseUrl,
		eventKey,
		signingKey,
		isDev: signingKey === undefined,
		checkpointing: { maxRuntime: "5m" },
		logger: silentLogger,
	});
	const stageOf = (id: string) => ({
		client,
		id: `${prefix}-${id}`,
		probe: probes.get(id) ?? new Probe(),
		mayRepeat: true,
	});

	beforeAll(async () => {
		const functions = allScenarios.flatMap((scenario) => scenario.functions(stageOf(scenario.id)));
		server = createServer(serve({ client, functions }));
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		const port = typeof address === "object" ? address?.port : undefined;
		const response = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
		expect(response.status).toBe(200);
	});
	afterAll(() => {
		server.close();
	});

	test.concurrent.each(allScenarios)("$name", { timeout: 120_000 }, async (scenario) => {
		await scenario.play(stageOf(scenario.id));
	});
});

test.skipIf(baseUrl !== undefined)("INNGEST_BASE_URL is not set: the scenarios ran on the embedded engine only", () => {
	expect(allScenarios.length).toBeGreaterThan(0);
});
