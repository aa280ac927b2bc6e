import { expect, test } from "vitest";
import { step, type TestNode, testPlan } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

const inputs = [
	{ name: "who", type: "text" },
	{ name: "seconds", type: "json" },
];

async function run(nodes: TestNode[], input: JsonObject = {}) {
	const runId = await startPlan(database, testPlan(nodes, [], { inputs }), { input });
	return { runId, ended: await untilRun(database, runId) };
}

test("an optional input that was left empty is null, and empty inside text", async () => {
	const { runId, ended } = await run([
		step("text", "comment", { text: "Hello {{ inputs.who }}!" }),
		step("value", "output", { fields: { who: "{{ inputs.who }}" } }),
		step("none", "condition", { when: "inputs.who == null" }),
		step("other", "condition", { when: 'inputs.who == "Ada"' }),
		step("rule", "condition", { rules: [{ left: "{{ inputs.who }}", operator: "is-empty" }] }),
		step("shell", "shell", { command: "printf '[%s]' {{ inputs.who }}", env: { WHO: "{{ inputs.who }}" } }),
	]);
	expect(ended.phase.status).toBe("completed");
	expect(await readOutput(database, runId, "text")).toEqual({ text: "Hello !" });
	expect(await readOutput(database, runId, "value")).toEqual({ who: null });
	expect(await readOutput(database, runId, "none")).toEqual({ result: true });
	expect(await readOutput(database, runId, "other")).toEqual({ result: false });
	expect(await readOutput(database, runId, "rule")).toEqual({ result: true });
	expect(await readOutput(database, runId, "shell")).toMatchObject({ stdout: "[]" });
});

test("a text that is one reference takes a number and an object as text", async () => {
	const { runId, ended } = await run([step("text", "comment", { text: "{{ inputs.seconds }}" })], {
		seconds: { a: [1] },
	});
	expect(ended.phase.status).toBe("completed");
	expect(await readOutput(database, runId, "text")).toEqual({ text: '{"a":[1]}' });
});

test("a delay waits for the seconds that a text spells out", async () => {
	const { ended } = await run([step("wait", "delay", { seconds: "{{ inputs.seconds }}" })], { seconds: "0" });
	expect(ended.phase.status).toBe("completed");
});

test("a value that does not fit fails with the words of the editor", async () => {
	const { ended } = await run([step("wait", "delay", { seconds: "{{ inputs.seconds }}" })], { seconds: -1 });
	expect(ended.steps.wait?.phase).toMatchObject({
		status: "failed",
		error: { message: "Wait for must be 0 or more." },
	});
	const { ended: word } = await run([step("wait", "delay", { seconds: "{{ inputs.seconds }}" })], { seconds: "soon" });
	expect(word.steps.wait?.phase).toMatchObject({ error: { message: "Wait for must be a number." } });
});
