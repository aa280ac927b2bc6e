import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../nodes/catalog";
import { hashPlan } from "../plan/hash-plan";
import { tellIssues } from "../plan/issue";
import type { Plan } from "../plan/plan";
import { validatePlan } from "../plan/validate/validate-plan";
import { JsonValueError, readJson } from "../plan/values/read-json";
import { parseWorkflowYaml, stringifyWorkflow } from "../plan/yaml/plan-yaml";
import { findIssues, hashLargePlan, readLargeJson, readWorkflowText, writeWorkflowText } from "./large-work";

/** Turns that the event loop takes while the work goes on: none when the work is done on it. */
async function countTurns<Value>(work: Promise<Value>): Promise<{ value: Value; turns: number }> {
	let isDone = false;
	let turns = 0;
	const ended = work.finally(() => {
		isDone = true;
	});
	for (; !isDone; turns++) await setImmediate();
	return { value: await ended, turns };
}

const MANY_TURNS = 20;

const large = makePlan(1_500);
const small = makePlan(20);
const header = { name: "Large", description: "" };

function makePlan(size: number): Plan {
	const text = "{{ steps.nowhere.output }} and {{ secrets.KNOWN }}";
	const nodes = Array.from({ length: size }, (_, n) => ({ id: `n${n}`, type: "comment", name: "N", config: { text } }));
	return testPlan(nodes);
}

test("a large plan is checked while the event loop turns, with the answer of a small one", async () => {
	const { value, turns } = await countTurns(findIssues(large, { credentials: ["KNOWN"] }));
	expect(value).toEqual(tellIssues(validatePlan(large, { definitions: catalog, credentials: ["KNOWN"] })));
	expect(turns).toBeGreaterThan(MANY_TURNS);
	const issues = validatePlan(small, { definitions: catalog, credentials: ["KNOWN"] });
	expect(await findIssues(small, { credentials: ["KNOWN"] })).toEqual(issues);
});

test.each([large, small])("the issues of a few steps are told, however many others have some", async (plan) => {
	const issues = await findIssues(plan, { credentials: [], only: ["n19"] });
	expect(issues.map(({ nodeId }) => nodeId)).toEqual(["n19", "n19", "n19"]);
});

test("a large plan is hashed and written as YAML while the event loop turns", async () => {
	expect(await hashLargePlan(large)).toBe(hashPlan(large));
	const { value, turns } = await countTurns(writeWorkflowText({ ...header, plan: large }));
	expect(value).toBe(stringifyWorkflow({ ...header, plan: large }));
	expect(turns).toBeGreaterThan(MANY_TURNS);
});

test("a large file is read while the event loop turns", async () => {
	const yaml = stringifyWorkflow({ ...header, plan: large });
	const { value, turns } = await countTurns(readWorkflowText({ yaml: yaml }));
	expect(value).toMatchObject({ file: header });
	expect(JSON.parse(value.problems ? "" : value.plan)).toEqual(parseWorkflowYaml(yaml).file?.plan);
	expect(turns).toBeGreaterThan(MANY_TURNS);
});

test("of a large file with very many mistakes the first hundred are told, and how many there are", async () => {
	const file = `version: 1\nname: a\nnodes:\n${Array.from({ length: 20_000 }, () => " - @").join("\n")}`;
	expect(await readWorkflowText({ yaml: file })).toMatchObject({
		count: 20_000,
		problems: { length: 100, 0: { line: 4, column: 4 } },
	});
});

test("a large answer is read while the event loop turns, and says what a small one says", async () => {
	const text = `[${Array(100_000).fill('{"id":12345678901234567,"n":1.5}').join(",")}]`;
	const { value, turns } = await countTurns(readLargeJson(text));
	expect(value).toEqual(readJson(text));
	expect(turns).toBeGreaterThan(MANY_TURNS);
});

test.each([
	["{", SyntaxError],
	["1e999", JsonValueError],
])("a large answer of %j is refused like a small one", async (text, type) => {
	await expect(readLargeJson(text)).rejects.toBeInstanceOf(type);
	await expect(readLargeJson(text + " ".repeat(300_000))).rejects.toBeInstanceOf(type);
});

test("no function of a thread is without a caller that leaves small work where it is", async () => {
	const source = await readFile("server/threads/large-work.ts", "utf8");
	const program = await readFile("server/threads/thread-program.ts", "utf8");
	const done = [...source.matchAll(/runInThread\("(\w+)"/g)].map(([, name]) => name).sort();
	const offered = [...program.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
	expect(offered.filter((name) => name !== "collectIssues").sort()).toEqual(done);
});
