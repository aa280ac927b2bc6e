import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { startTestWorker, type TestWorker } from "@/inngest/functions/test-worker";
import { findDemoUser } from "@/server/auth/demo-user";
import type { JsonObject } from "@/server/plan/values/json";
import { foldRun, initialRunState, isEnded, type RunState } from "@/server/runs/state";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { startRun } from "@/server/runs/verbs/start-run";
import { watchRuns } from "@/server/runs/watch/watch-runs";
import type { Caller } from "@/server/teams/caller";
import { TEST_SECRET } from "@/server/teams/test-team";
import { importWorkflow } from "./import-workflow";
import { seedDemo } from "./seed-demo";

let database: TestDatabase;
let worker: TestWorker;
let demo: Caller;

beforeAll(async () => {
	database = await createTestDatabase();
	await seedDemo(database, TEST_SECRET);
	demo = { database, actor: { kind: "user", id: (await findDemoUser(database)) ?? "", name: "Demo user" } };
	worker = await startTestWorker(database);
});
afterAll(async () => {
	await worker.stop();
	await database.drop();
});

test("the starter turns green, with one retry, a branch not taken and a summary", async () => {
	const { state, output } = await runToEnd("first-light", { weaver: "Ada" });
	expect(state.phase.status).toBe("completed");
	expect(state.steps.weave_red?.attempts).toHaveLength(2);
	expect(state.steps.out_of_thread?.phase.status).toBe("skipped");
	expect(output).toEqual({ summary: expect.stringContaining("Woven for: Ada"), threads: 72 });
});

test("the health check reports who answered, who did not and why, and is green all the same", async () => {
	const servers = [await listen(200), await listen(503)];
	const gone = await listen(200);
	gone.server.close();
	const addresses = [...servers, gone].map(({ url }) => url).join("\n");

	const { state, output } = await runToEnd("health-check", { addresses });

	expect(state.phase.status).toBe("completed");
	expect(output).toMatchObject({ down: 2 });
	const lines = String(Reflect.get(Object(output), "report")).split("\n");
	expect(lines.map((line) => line.slice(0, 4))).toEqual(["up  ", "down", "down"]);
	expect(lines[1]).toContain("503");
	for (const { server } of servers) server.close();
});

test.each([
	["approved", "roll_out", "hold_back"],
	["declined", "hold_back", "roll_out"],
] as const)("the release checklist waits for a person; %s leads to %s", async (decision, taken, left) => {
	const { state, output } = await runToEnd("release-checklist", { version: "2.0.0" }, async (runId, current) => {
		if (current.steps.ship_it?.phase.status !== "waiting" || current.steps.ship_it.decision) return;
		const step = { team: "demo", runId, nodeId: "ship_it", iteration: "" };
		const values: JsonObject = decision === "approved" ? { audience: "everyone" } : {};
		await decideApproval(demo, { ...step, decision, values });
	});
	expect(state.phase.status).toBe("completed");
	expect(state.steps[taken]?.phase.status).toBe("completed");
	expect(state.steps[left]?.phase.status).toBe("skipped");
	expect(output).toMatchObject({ version: "2.0.0", decision, by: "Demo user" });
});

const TIDY = {
	guests: [
		{ name: "Ada Lovelace", email: "ada@example.com" },
		{ name: "Grace Hopper", email: "grace@example.com" },
		{ name: "Katherine Johnson", email: "katherine@example.com" },
	],
	leftOut: [
		{ name: "Alan Turing", email: "alan.turing(at)example.com", problem: "no e-mail address" },
		{ name: "", email: "nobody@example.com", problem: "no name" },
	],
	doubles: 1,
};

test("the guest list comes out tidy", async () => {
	const { state, output } = await runToEnd("guest-list", {});
	expect(state.phase.status).toBe("completed");
	expect(output).toEqual(TIDY);
});

test("the guest list comes out the same on a machine without Python", async () => {
	const text = await readFile("server/workflows/samples/guest-list.workflow.yml", "utf8");
	const yaml = text
		.replace("import csv", "raise SystemExit('python3 was not found')")
		.replace("guest-list", "no-python");
	await importWorkflow(demo, { team: "demo", yaml });
	const { state, output } = await runToEnd("no-python", {});
	expect(state.steps.read_rows?.phase.status).toBe("failed");
	expect(state.phase.status).toBe("completed");
	expect(output).toEqual(TIDY);
});

type OnChange = (runId: string, state: RunState) => Promise<void>;

/** Starts a sample as a person does and watches it as the run's page does. */
async function runToEnd(slug: string, input: JsonObject, onChange: OnChange = async () => {}) {
	const { runId } = await startRun(demo, { team: "demo", slug, input, requestId: crypto.randomUUID() });
	const watched = { team: "demo", runs: [{ id: runId, after: 0 }] };
	let state = initialRunState;
	for await (const { events } of watchRuns(demo, watched, { signal: AbortSignal.timeout(25_000) })) {
		state = foldRun(state, events);
		await onChange(runId, state);
		if (isEnded(state.phase.status)) break;
	}
	return { state, output: state.phase.status === "completed" ? state.phase.output : state.phase };
}

async function listen(status: number): Promise<{ server: Server; url: string }> {
	const server = createServer((_request, response) => response.writeHead(status).end("here I am"));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return { server, url: `http://127.0.0.1:${portOf(server.address())}` };
}

function portOf(address: AddressInfo | string | null): number {
	return typeof address === "object" && address !== null ? address.port : 0;
}
