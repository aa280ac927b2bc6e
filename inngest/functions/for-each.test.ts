import { describe, expect, test } from "vitest";
import { shell, step, type TestEdge, type TestStep, testPlan, transform } from "@/server/plan/test-plan";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

async function run(nodes: [TestStep, ...TestStep[]], edges?: readonly TestEdge[]) {
	const runId = await startPlan(database, testPlan(nodes, edges));
	const { phase } = await untilRun(database, runId);
	return { runId, phase, output: Object(await readOutput(database, runId, nodes[0].id)) };
}

describe("a step in a container that stands in another one", () => {
	test("reads the outer item and iteration, in templates, shell commands and conditions", async () => {
		const input = { text: "{{ outer.item.name }}-{{ item }}", at: "{{ outer.iteration.index }}" };
		const { runId, phase } = await run(
			[
				step("orders", "for-each", { items: [{ name: "A" }, { name: "B" }] }),
				step("lines", "for-each", { items: [1, 2] }, { parent: "orders" }),
				transform("read", "return input", input, { parent: "lines" }),
				{ id: "say", type: "shell", name: "Say", parent: "lines", config: { command: "echo {{ outer.item.name }}" } },
				{ id: "ask", type: "condition", name: "Ask", parent: "lines", config: { when: 'outer.item.name == "B"' } },
			],
			[],
		);
		expect(phase.status).toBe("completed");
		expect(await readOutput(database, runId, "read", "1.0")).toEqual({ text: "B-1", at: 1 });
		expect(await readOutput(database, runId, "say", "0.1")).toMatchObject({ stdout: "A\n" });
		expect(await readOutput(database, runId, "ask", "1.1")).toMatchObject({ result: true });
	});

	test("reads what is two containers further out, past a loop between them", async () => {
		const input = { order: "{{ outer.outer.item }}", round: "{{ outer.iteration.index }}", n: "{{ outer.vars.n }}" };
		const { runId } = await run([
			step("orders", "for-each", { items: ["A"] }),
			{ id: "again", type: "loop", name: "Again", parent: "orders", config: { maxIterations: 2, vars: { n: 5 } } },
			step("lines", "for-each", { items: ["x"] }, { parent: "again" }),
			transform("read", "return input", input, { parent: "lines" }),
		]);
		expect(await readOutput(database, runId, "read", "0.1.0")).toEqual({ order: "A", round: 1, n: 5 });
	});

	test("finds no outer item where there is none, and takes the default", async () => {
		const { runId, phase } = await run([
			step("each", "for-each", { items: [1] }),
			transform("read", "return input", { of: '{{ outer.item ?? "none" }}' }, { parent: "each" }),
		]);
		expect(phase.status).toBe("completed");
		expect(await readOutput(database, runId, "read", "0")).toEqual({ of: "none" });
	});
});

describe("the stop condition of a for-each", () => {
	const double = transform("double", "return input.n * 2", { n: "{{ item }}" }, { parent: "each" });

	test("keeps further items from beginning, and leaves them out of the results", async () => {
		const { phase, output } = await run([
			step("each", "for-each", { items: [1, 2, 3, 4], stopWhen: "steps.double.output >= 4 && item == 2" }),
			double,
		]);
		expect(phase.status).toBe("completed");
		expect(output).toEqual({ results: [2, 4], failures: [], total: 4, ran: 2, stopped: true });
	});

	test("says that it was not met when every item ran", async () => {
		const { output } = await run([step("each", "for-each", { items: [1, 2], stopWhen: "item > 5" }), double]);
		expect(output).toMatchObject({ results: [2, 4], ran: 2, stopped: false });
	});

	test("lets the items that have begun end when several run at once", async () => {
		const { runId, output } = await run([
			step("each", "for-each", { items: Array.from({ length: 40 }, (_, n) => n), parallel: 3, stopWhen: "item == 1" }),
			double,
		]);
		expect(output.stopped).toBe(true);
		expect(output.ran).toBeLessThan(40);
		expect(output.results).toEqual(Array.from({ length: output.ran }, (_, n) => n * 2));
		const rows = await database.sql`select status from run_steps where run_id = ${runId} and node_id = 'double'`;
		expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: output.ran }, () => "completed"));
	});

	test("holds for items whose steps wait, too", async () => {
		const { output } = await run([
			step("each", "for-each", { items: [1, 2, 3], stopWhen: "iteration.index == 1" }),
			{ id: "pause", type: "delay", name: "Pause", parent: "each", config: { seconds: 0.01 } },
		]);
		expect(output).toMatchObject({ total: 3, ran: 2, stopped: true });
	});

	test("fails the step, in words, when it cannot be worked out", async () => {
		const { phase, output } = await run([
			step("each", "for-each", { items: ["a", "b"], stopWhen: "steps.double.output" }),
			transform("double", "return 1", {}, { parent: "each" }),
		]);
		expect(phase.status).toBe("failed");
		expect(output.error.message).toContain("Item 1 of 2 (a) failed: Stop when: “steps.double.output” is neither");
		expect(output).toMatchObject({ ran: 1, stopped: false });
	});

	test("is not asked about an item that failed", async () => {
		const { output } = await run([
			step("each", "for-each", { items: [1, 2], onItemFailure: "continue", stopWhen: "steps.risky.output == 2" }),
			transform(
				"risky",
				"if (input.n === 1) throw new Error('no'); return input.n",
				{ n: "{{ item }}" },
				{ parent: "each" },
			),
		]);
		expect(output).toMatchObject({ results: [null, 2], ran: 2, stopped: true });
		expect(output.failures).toMatchObject([{ index: 0 }]);
	});
});

describe("a workspace for each item", () => {
	const write = "ls; echo {{ item }} > file; ls | wc -l; cp file $WEFT_SHARED/{{ item }}";
	const inside = { parent: "each" };

	test("is empty at the item's beginning, shared by its steps, and leaves the run's to all", async () => {
		const { runId, phase, output } = await run(
			[
				step("each", "for-each", { items: ["a", "b", "c"], parallel: 3, workspace: "own" }),
				shell("write", write, inside),
				shell("read", "cat file", inside),
				shell("after", "ls"),
			],
			[
				{ from: "write", port: "out", to: "read" },
				{ from: "each", port: "out", to: "after" },
			],
		);
		expect(phase.status).toBe("completed");
		expect(output.results.map(({ stdout }: { stdout: string }) => stdout)).toEqual(["a\n", "b\n", "c\n"]);
		expect(await readOutput(database, runId, "write", "2")).toMatchObject({ stdout: "1\n" });
		expect(await readOutput(database, runId, "after")).toMatchObject({ stdout: "a\nb\nc\n" });
	});

	test("holds for steps of containers inside the item, each under its own item", async () => {
		const { runId } = await run([
			step("each", "for-each", { items: [1, 2], workspace: "own" }),
			{ id: "again", type: "loop", name: "Again", parent: "each", config: { maxIterations: 2 } },
			shell("note", "echo x >> notes; wc -l < notes", { parent: "again" }),
		]);
		expect(await readOutput(database, runId, "note", "0.1")).toMatchObject({ stdout: "2\n" });
		expect(await readOutput(database, runId, "note", "1.0")).toMatchObject({ stdout: "1\n" });
	});

	test("is the run's own one unless somebody asks for more", async () => {
		const { runId } = await run([
			step("each", "for-each", { items: [1, 2] }),
			shell("note", "echo x >> notes; wc -l < notes", inside),
		]);
		expect(await readOutput(database, runId, "note", "1")).toMatchObject({ stdout: "2\n" });
	});
});
