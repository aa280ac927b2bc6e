import { describe, expect, test } from "vitest";
import { step, type TestEdge, type TestNode, testPlan, transform } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

const loop = (config: JsonObject) => step("loop", "loop", config);
const inner = (id: string, code: string, input: object = {}) => transform(id, code, input, { parent: "loop" });

async function outputOf(nodes: TestNode[], edges?: TestEdge[]) {
	const runId = await startPlan(database, testPlan(nodes, edges));
	const { phase } = await untilRun(database, runId);
	return { status: phase.status, output: await readOutput(database, runId, "loop"), error: phase };
}

describe("a loop's variables", () => {
	const add = inner("add", "return input.n + 1", { n: "{{ vars.n }}" });
	const vars = { n: 0 };
	const next = { n: "{{ steps.add.output }}" };

	test("include what the last of all iterations made of them", async () => {
		const { output } = await outputOf([loop({ maxIterations: 3, vars, next }), add]);
		expect(output).toMatchObject({ iterations: 3, vars: { n: 3 } });
	});

	test("include what the iteration made of them at which the loop stopped", async () => {
		const { output } = await outputOf([loop({ stopWhen: "steps.add.output == 2", vars, next }), add]);
		expect(output).toMatchObject({ iterations: 2, exhausted: false, vars: { n: 2 } });
	});

	test("are compared by the stop condition as they were in the iteration", async () => {
		const guess = inner("guess", "return Math.min(input.last + 1, 7)", { last: "{{ vars.previous }}" });
		const config = {
			maxIterations: 20,
			stopWhen: "steps.guess.output == vars.previous",
			vars: { previous: 0 },
			next: { previous: "{{ steps.guess.output }}" },
		};
		const { output } = await outputOf([loop(config), guess]);
		expect(output).toMatchObject({ iterations: 8, exhausted: false, vars: { previous: 7 } });
	});

	test("keep their value in an iteration that skips the step they come from", async () => {
		const even = {
			id: "even",
			type: "condition",
			name: "Even",
			parent: "loop",
			config: { when: "iteration.index % 2 == 0" },
		};
		const edges = [{ from: "even", port: "true", to: "add" }];
		const { status, output } = await outputOf([loop({ maxIterations: 4, vars, next }), even, add], edges);
		expect({ status, output }).toMatchObject({ status: "completed", output: { iterations: 4, vars: { n: 2 } } });
	});

	test("fail the loop when their expression names what its step did not put out", async () => {
		const wrong = { n: "{{ steps.add.output.missing }}" };
		const { status, error } = await outputOf([loop({ maxIterations: 2, vars, next: wrong }), add]);
		expect(status).toBe("failed");
		expect(JSON.stringify(error)).toContain("steps.add.output.missing");
	});
});
