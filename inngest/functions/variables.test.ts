import { describe, expect, test } from "vitest";
import { step, type TestEdge, type TestNode, testPlan } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const TOKEN = "hunter2-hunter2";
const { database } = await setUpWorker({ secrets: { TOKEN } });

const state = (id: string, config: JsonObject, more?: object) => step(id, "state", config, more);
const each = { id: "each", type: "for-each", name: "Each", config: { items: [1, 2, 3, 4, 5, 6, 7, 8], parallel: 8 } };

async function run(nodes: TestNode[], edges?: TestEdge[]) {
	const runId = await startPlan(database, testPlan(nodes, edges));
	const { phase } = await untilRun(database, runId);
	return { runId, phase };
}

async function variable(runId: string, key: string) {
	const [row] = await database.sql<{ value: unknown; sealed: string | null }[]>`
		select value, sealed from run_variables where run_id = ${runId} and key = ${key}`;
	return row;
}

describe("a variable that steps change at the same time", () => {
	test("counts each of eight increments, and each puts out a count of its own", async () => {
		const { runId, phase } = await run([
			each,
			state("count", { action: "increment", key: "n", by: 2 }, { parent: "each" }),
		]);
		expect(phase.status).toBe("completed");
		expect((await variable(runId, "n"))?.value).toBe(16);
		const { results } = Object(await readOutput(database, runId, "each"));
		const counts = results.map((result: { value: number }) => result.value);
		expect(counts.toSorted((a: number, b: number) => a - b)).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
	});

	test("holds each of eight values appended", async () => {
		const append = state("note", { action: "append", key: "seen", value: "{{ item }}" }, { parent: "each" });
		const { runId } = await run([each, append]);
		const { value } = Object(await variable(runId, "seen"));
		expect(value.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test("keeps a secret appended to it whole and hidden", async () => {
		const { runId } = await run(
			[
				state("first", { action: "append", key: "keys", value: "{{ secrets.TOKEN }}" }),
				state("second", { action: "append", key: "keys", value: "more" }),
				{
					id: "length",
					type: "transform",
					name: "Length",
					config: { code: "return input.keys.map((key) => key.length)", input: { keys: "{{ state.keys }}" } },
				},
			],
			[
				{ from: "first", port: "out", to: "second" },
				{ from: "second", port: "out", to: "length" },
			],
		);
		expect(await readOutput(database, runId, "length")).toEqual([TOKEN.length, 4]);
		const kept = await variable(runId, "keys");
		expect(JSON.stringify(kept)).not.toContain(TOKEN);
		expect(kept?.sealed).not.toBeNull();
		expect(JSON.stringify(await readOutput(database, runId, "second"))).not.toContain(TOKEN);
	});

	test("fails the step that cannot change it, in words, and keeps its value", async () => {
		const { runId, phase } = await run(
			[state("set", { key: "tag", value: "v2" }), state("count", { action: "increment", key: "tag" })],
			[{ from: "set", port: "out", to: "count" }],
		);
		expect(phase.status).toBe("failed");
		expect(JSON.stringify(phase)).toContain("state.tag is text, and only a number can be incremented.");
		expect((await variable(runId, "tag"))?.value).toBe("v2");
	});
});
