import { describe, expect, test } from "vitest";
import { inLine, shell, type TestEdge, type TestStep, testPlan, transform } from "@/server/plan/test-plan";
import { startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const TOKEN = "hunter2-hunter2";
const secrets = { TOKEN, DIGITS: "4815162342", COLOR: "pro" };

const { database, worker } = await setUpWorker({ secrets });

/** Everything of a run that can be read without the team's key. */
async function storedOf(runId: string): Promise<string> {
	const rows = await database.sql`
		select (select json_agg(r) from runs r where id = ${runId})::text as runs,
			(select json_agg(e) from run_events e where run_id = ${runId})::text as events,
			(select json_agg(s) from run_steps s where run_id = ${runId})::text as steps,
			(select json_agg(v) from run_variables v where run_id = ${runId})::text as variables,
			(select json_agg(i) from loop_iterations i where run_id = ${runId})::text as iterations,
			(select json_agg(x) from engine.runs x)::text as engine`;
	return JSON.stringify(rows);
}

async function run(nodes: TestStep[], edges: TestEdge[] = inLine(...nodes.map(({ id }) => id))) {
	const runId = await startPlan(database, testPlan(nodes, edges));
	const state = await untilRun(database, runId);
	expect(state.phase.status).toBe("completed");
	const stored = await storedOf(runId);
	expect(stored).not.toContain(TOKEN);
	return { runId, stored };
}

async function outputOf(runId: string, nodeId: string, iteration = ""): Promise<unknown> {
	const [row] = await database.sql<{ output: unknown }[]>`
		select output from run_steps where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}`;
	return row?.output;
}

/** Only whoever has the whole value knows its length. */
const LENGTH = "return input.value.length;";

describe("what a step hands on stays whole, and what is stored of it has the secret hidden", () => {
	test("from one step to the next, through a worker that has forgotten everything", async () => {
		const { runId } = await run([
			transform("first", "return { text: 'got ' + input.token };", { token: "{{ secrets.TOKEN }}" }),
			transform("second", LENGTH, { value: "{{ steps.first.output.text }}" }),
		]);
		expect(await outputOf(runId, "first")).toEqual({ text: "got •••" });
		expect(await outputOf(runId, "second")).toBe(TOKEN.length + 4);
		worker.services.cache.evict(runId);
		const outputs = await worker.services.cache.outputs(runId, [{ nodeId: "first", iteration: "" }]);
		expect([...outputs.values()]).toEqual([{ text: `got ${TOKEN}` }]);
	});

	test("in the run's variables", async () => {
		const { runId } = await run([
			{ id: "keep", type: "state", name: "keep", config: { action: "set", key: "k", value: "x{{ secrets.TOKEN }}" } },
			transform("read", LENGTH, { value: "{{ state.k }}" }),
		]);
		expect(await outputOf(runId, "read")).toBe(TOKEN.length + 1);
	});

	test("as items of a for-each, in its results, and in the names of its iterations", async () => {
		const { runId, stored } = await run(
			[
				transform("list", "return [input.token, 'plain'];", { token: "{{ secrets.TOKEN }}" }),
				{ id: "each", type: "for-each", name: "each", config: { items: "{{ steps.list.output }}" } },
				transform("body", "return input.value;", { value: "{{ item }}" }, { parent: "each" }),
				transform("count", "return input.value.map((text) => text.length);", {
					value: "{{ steps.each.output.results }}",
				}),
			],
			inLine("list", "each", "count"),
		);
		expect(await outputOf(runId, "count")).toEqual([TOKEN.length, 5]);
		expect(stored).toContain('\\"label\\": \\"•••\\"');
	});

	test("in the variables of a loop", async () => {
		const { runId } = await run(
			[
				transform("first", "return input.token;", { token: "{{ secrets.TOKEN }}" }),
				{
					id: "loop",
					type: "loop",
					name: "loop",
					config: { maxIterations: 3, vars: { a: "{{ steps.first.output }}" }, next: { a: "{{ vars.a }}!" } },
				},
				transform("body", LENGTH, { value: "{{ vars.a }}" }, { parent: "loop" }),
				transform("last", LENGTH, { value: "{{ steps.loop.output.vars.a }}" }),
			],
			inLine("first", "loop", "last"),
		);
		expect(await outputOf(runId, "body", "2")).toBe(TOKEN.length + 2);
		expect(await outputOf(runId, "last")).toBe(TOKEN.length + 3);
	});

	test("in the error of a step that failed", async () => {
		const { runId } = await run(
			[
				transform("fail", "throw new Error('no ' + input.t);", { t: "{{ secrets.TOKEN }}" }, { onFailure: "branch" }),
				transform("after", LENGTH, { value: "{{ steps.fail.output.error.message }}" }),
			],
			[{ from: "fail", port: "error", to: "after" }],
		);
		expect(await outputOf(runId, "after")).toBeGreaterThan(TOKEN.length);
	});
});

describe("a secret is hidden", () => {
	test("where an error or the end of a long output was cut off in the middle of it", async () => {
		const branch = { onFailure: "continue" };
		const { stored } = await run([
			transform("words", "throw new Error('x'.repeat(3990) + input.t);", { t: "{{ secrets.TOKEN }}" }, branch),
			transform("syntax", "JSON.stringify = () => input.t; return 1;", { t: "{{ secrets.TOKEN }}" }, branch),
			shell("values", 'printf "%91s %s" "" "{{ secrets.TOKEN }}" > "$WEFT_OUTPUT"', branch),
			shell("long", 'yes "{{ secrets.TOKEN }}" | head -c 2000000 || true'),
		]);
		expect(stored).not.toMatch(/hunter2-|ter2-hunter2/);
	});

	test("in the log of a step that does not name it, and in the run's own output", async () => {
		const { stored } = await run([
			shell("write", 'printf %s "{{ secrets.TOKEN }}" > token'),
			shell(
				"read",
				"cat token; base64 < token; printf 'x%s' \"$(cat token)\" | base64; od -An -tx1 < token | tr -d ' \\n'",
			),
			{ id: "out", type: "output", name: "out", config: { fields: { text: "{{ steps.read.output.stdout }}" } } },
		]);
		expect(stored).not.toContain(Buffer.from(TOKEN).toString("hex"));
		expect(stored).not.toContain(Buffer.from(TOKEN).toString("base64").slice(0, -2));
	});

	test("as a number", async () => {
		const { runId, stored } = await run([
			transform("number", "return { n: Number(input.t) };", { t: "{{ secrets.DIGITS }}" }),
			transform("next", "return input.n + 1;", { n: "{{ steps.number.output.n }}" }),
		]);
		expect(await outputOf(runId, "number")).toEqual({ n: "•••" });
		expect(await outputOf(runId, "next")).toBe(4815162343);
		expect(stored).not.toContain("4815162342");
	});

	test("in the question of an approval, whose form may not hold one", async () => {
		const ask = (config: object) => ({ id: "ask", type: "approval", name: "ask", config });
		const first = transform("first", "return input.token;", { token: "{{ secrets.TOKEN }}" });
		const edges = inLine("first", "ask");
		const message = "Send {{ steps.first.output }}?";
		const runId = await startPlan(database, testPlan([first, ask({ message })], edges));
		const asked = await untilRun(database, runId, ({ steps }) => steps.ask?.phase.status === "waiting");
		expect(asked.steps.ask?.phase).toMatchObject({ wait: { message: "Send •••?" } });
		expect(await storedOf(runId)).not.toContain(TOKEN);
		const fields = [{ name: "a", type: "text", default: "{{ steps.first.output }}" }];
		const refusedId = await startPlan(database, testPlan([first, ask({ message: "?", fields })], edges));
		const { phase } = await untilRun(database, refusedId);
		expect(phase).toMatchObject({ status: "failed", error: { message: expect.stringContaining("in its form") } });
		expect(await storedOf(refusedId)).not.toContain(TOKEN);
	});

	test("but not a short one, which would take words along", async () => {
		const { runId } = await run([transform("short", "return 'product ' + input.t;", { t: "{{ secrets.COLOR }}" })]);
		expect(await outputOf(runId, "short")).toBe("product pro");
	});
});
