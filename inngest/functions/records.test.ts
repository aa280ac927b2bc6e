import { describe, expect, test } from "vitest";
import { FatalError } from "@/server/errors";
import { retryWhileUnavailable } from "@/server/execution/retry-while-unavailable";
import { type TestEdge, type TestNode, testPlan, transform } from "@/server/plan/test-plan";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

async function run(nodes: TestNode[], edges?: TestEdge[]) {
	const runId = await startPlan(database, testPlan(nodes, edges));
	return { runId, ended: await untilRun(database, runId) };
}

describe("a step's result", () => {
	test("of null is kept in the run's variables", async () => {
		const keep = { id: "keep", type: "state", name: "Keep", config: { action: "set", key: "v", value: null } };
		const read = transform("read", "return input", { v: "{{ state.v }}" });
		const { runId, ended } = await run([keep, read], [{ from: "keep", to: "read" }]);
		expect(ended.phase.status).toBe("completed");
		expect(await readOutput(database, runId, "read")).toEqual({ v: null });
	});

	test.each([
		["null", "return null", null],
		["a text with NUL and half a surrogate pair", "return 'a\\u0000b\\ud800'", "a\uFFFDb\uFFFD"],
		["keys with NUL", "return { 'a\\u0000': 1 }", { "a\uFFFD": 1 }],
		[
			"the largest and the smallest number",
			"return [1.7976931348623157e308, 5e-324]",
			[1.7976931348623157e308, 5e-324],
		],
		["a text of one megabyte", "return 'x'.repeat(1000000).length + ''", "1000000"],
	])("may be %s", async (_what, code, output) => {
		const { runId, ended } = await run([transform("odd", code)]);
		expect(ended.phase.status).toBe("completed");
		expect(await readOutput(database, runId, "odd")).toEqual(output);
	});

	test("may be no number that JSON does not have: it would be another value for whoever reads it", async () => {
		const { ended } = await run([transform("odd", "return { rate: 1 / 0 }")]);
		expect(ended.phase).toMatchObject({ status: "failed", error: { message: expect.stringContaining("Infinity") } });
	});

	test.each([600, 3_000])(
		"that is nested %i levels deep fails the step at once, with a word of its own",
		async (levels) => {
			const code = `let v = 1; for (let i = 0; i < ${levels}; i++) v = [v]; return v`;
			const retry = { maxAttempts: 3, delaySeconds: 0 };
			const { ended } = await run([transform("deep", code, {}, { retry })]);
			expect(ended.phase).toMatchObject({ status: "failed" });
			expect(JSON.stringify(ended.phase)).toContain("nested at most 500 deep");
			expect(ended.steps.deep?.attempts).toHaveLength(1);
		},
	);

	test("that the database refuses fails the step at once, with a word of its own", async () => {
		await database.sql`alter table run_variables add constraint no_moon check (key <> 'moon')`;
		const keep = { id: "keep", type: "state", name: "Keep", config: { action: "set", key: "moon", value: 1 } };
		const { ended } = await run([keep]);
		expect(ended.phase).toMatchObject({ status: "failed", nodeId: "keep" });
		expect(JSON.stringify(ended.phase)).toContain("could not be stored");
		expect(ended.steps.keep?.attempts).toHaveLength(1);
	});
});

describe("a query", () => {
	const failing = (code: string, times: number) => {
		let left = times;
		return async () => {
			if (left-- > 0) throw Object.assign(new Error(code), { code });
			return "done";
		};
	};

	test.each(["57P01", "08006", "CONNECTION_CLOSED", "ECONNREFUSED", "40001", "40P01", "53300"])(
		"that fails with %s is tried again",
		async (code) => expect(await retryWhileUnavailable(failing(code, 2))).toBe("done"),
	);

	test.each(["22P05", "22003", "23502", "23514", "54000", "54001"])(
		"that fails with %s is given up at once",
		async (code) => {
			await expect(retryWhileUnavailable(failing(code, 1))).rejects.toThrow(FatalError);
		},
	);
});
