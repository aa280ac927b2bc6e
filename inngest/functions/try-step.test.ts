import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { type Plan, planSchema } from "@/server/plan/plan";
import { testPlan, transform } from "@/server/plan/test-plan";
import { readStep } from "@/server/runs/read/read-step";
import { tryStep, tryStepInput } from "@/server/runs/try/try-step";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { startDraftRun } from "@/server/runs/verbs/start-draft-run";
import { createTestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { pinOutput } from "@/server/workflows/pin-output";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { readOutput, readState, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database, worker } = await setUpWorker({ secrets: { TOKEN: "hunter2-hunter2" } });
const team = await createTestTeam(database, "acme");

const who = { name: "who", type: "text" };
const line = testPlan(
	[
		transform("greet", "return 'Hello ' + input.who", { who: "{{ inputs.who }}" }),
		transform("shout", "return input.text.toUpperCase()", { text: "{{ steps.greet.output }}" }),
		transform("broken", "return input.x", { x: "{{ steps.nowhere.output }}" }),
	],
	["greet -> shout", "shout -> broken"],
	{ inputs: [who] },
);

describe("a step that is tried alone", () => {
	test("reads what it is given, and nothing else of the workflow runs", async () => {
		const slug = await draw(line);
		const runId = await attempt(slug, "shout", { steps: { greet: { output: "quiet" } } });
		const { phase, steps } = await untilRun(database, runId);
		expect(phase.status).toBe("completed");
		expect(Object.keys(steps)).toEqual(["shout"]);
		expect(await readStep(editor(), { team: "acme", runId, nodeId: "shout", iteration: "" })).toMatchObject({
			input: { input: { text: "quiet" } },
			output: "QUIET",
		});
	});

	test("reads what a test of the draft recorded last, and what it is given instead", async () => {
		const slug = await draw({ ...line, nodes: line.nodes.slice(0, 2), edges: line.edges.slice(0, 1) });
		await testDraft(slug, { who: "Ada" });
		expect(await outputOf(await attempt(slug, "shout"), "shout")).toBe("HELLO ADA");
		expect(await outputOf(await attempt(slug, "greet"), "greet")).toBe("Hello Ada");
		expect(await outputOf(await attempt(slug, "greet", { inputs: { who: "Bob" } }), "greet")).toBe("Hello Bob");
		expect(await outputOf(await attempt(slug, "shout"), "shout")).toBe("HELLO BOB");
	});

	test("prefers pinned data to recorded data, and what it is given to both", async () => {
		const slug = await draw({ ...line, nodes: line.nodes.slice(0, 2), edges: line.edges.slice(0, 1) });
		await testDraft(slug, { who: "Ada" });
		await pinOutput(editor(), { team: "acme", slug, node: "greet", output: "pinned" });
		expect(await outputOf(await attempt(slug, "shout"), "shout")).toBe("PINNED");
		const given = { steps: { greet: { output: "given" } } };
		expect(await outputOf(await attempt(slug, "shout", given), "shout")).toBe("GIVEN");
	});

	test("takes braces in what it reads for what they are, so that no data can ask for a secret", async () => {
		const slug = await draw(line);
		const runId = await attempt(slug, "shout", { steps: { greet: { output: "{{ secrets.TOKEN }}" } } });
		expect(await outputOf(runId, "shout")).toBe("{{ SECRETS.TOKEN }}");
	});

	test("reads what was recorded as it flowed on, and hides the secrets in it again", async () => {
		await database.sql`insert into credentials (id, team_id, name, sealed) values ('token', ${team.id}, 'TOKEN', '')`;
		const slug = await draw(
			testPlan(
				[
					transform("sign", "return 'key ' + input.t", { t: "{{ secrets.TOKEN }}" }),
					transform("measure", "return [input.text.length, input.text]", { text: "{{ steps.sign.output }}" }),
				],
				["sign -> measure"],
			),
		);
		await outputOf(await attempt(slug, "sign"), "sign");
		expect(await outputOf(await attempt(slug, "measure"), "measure")).toEqual([19, "key •••"]);
	});

	test("reads the trigger and the variables, and changes variables of its own only", async () => {
		const node = (action: string) => ({ id: "note", type: "state", name: "Note", config: { action, key: "seen" } });
		const slug = await draw(testPlan([node("get"), transform("who", "return input.by", { by: "{{ trigger.by }}" })]));
		const read = await attempt(slug, "note", { state: { seen: 3 } });
		expect(await outputOf(read, "note")).toMatchObject({ value: 3 });
		expect(await outputOf(await attempt(slug, "who", { trigger: { by: "hand" } }), "who")).toBe("hand");
	});

	test("runs although it is disabled, and hears of its failure like any other", async () => {
		const slug = await draw(testPlan([transform("fails", "throw new Error('no luck')", {}, { disabled: true })]));
		const { phase } = await untilRun(database, await attempt(slug, "fails"));
		expect(phase).toMatchObject({
			status: "failed",
			nodeId: "fails",
			error: { message: expect.stringContaining("no luck") },
		});
	});

	test("waits for a decision when it is an approval", async () => {
		const ask = { id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } };
		const runId = await attempt(await draw(testPlan([ask])), "ask");
		await untilRun(database, runId, ({ steps }) => steps.ask?.phase.status === "waiting");
		await decideApproval(editor(), {
			team: "acme",
			runId,
			nodeId: "ask",
			iteration: "",
			decision: "approved",
			values: {},
		});
		expect(await outputOf(runId, "ask")).toMatchObject({ decision: "approved" });
	});

	test("is cancelled like a run", async () => {
		const sleep = { id: "sleep", type: "shell", name: "Sleep", config: { command: "sleep 600" } };
		const runId = await attempt(await draw(testPlan([sleep])), "sleep");
		await untilRun(database, runId, ({ steps }) => steps.sleep?.phase.status === "running");
		await cancelRun(editor(), { team: "acme", runId });
		expect((await readState(database, runId)).phase.status).toBe("cancelled");
	});

	test("is one try however often it is asked for", async () => {
		const slug = await draw(testPlan([transform("one", "return 1")]));
		const requestId = crypto.randomUUID();
		const input = tryStepInput.parse({ team: "acme", slug, node: "one", requestId });
		const tries = await Promise.all([1, 2, 3].map(() => tryStep(editor(), input)));
		expect(new Set(tries.map(({ runId }) => runId)).size).toBe(1);
	});
});

describe("a step inside a container", () => {
	const items = { id: "each", type: "for-each", name: "Each", config: { items: ["a", "b"] } };
	const inside = [
		transform("first", "return input.item + '1'", { item: "{{ item }}" }, { parent: "each" }),
		transform(
			"second",
			"return input",
			{ text: "{{ steps.first.output }}", at: "{{ iteration.index }}" },
			{ parent: "each" },
		),
	];
	const each = testPlan([items, ...inside], ["first -> second"]);

	test("reads the item and the iteration it is given", async () => {
		const slug = await draw(each);
		expect(await outputOf(await attempt(slug, "first", { item: "z" }), "first")).toBe("z1");
		const scope = { steps: { first: { output: "y" } }, iteration: { index: 7 } };
		expect(await outputOf(await attempt(slug, "second", scope), "second")).toEqual({ text: "y", at: 7 });
	});

	test("reads an item of the last run, the one whose index is given", async () => {
		const slug = await draw(each);
		await testDraft(slug);
		expect(await outputOf(await attempt(slug, "first"), "first")).toBe("a1");
		expect(await outputOf(await attempt(slug, "first", { iteration: { index: 1 } }), "first")).toBe("b1");
	});

	test("reads the variables that the loop ended with, and the iteration before", async () => {
		const again = {
			id: "again",
			type: "loop",
			name: "Again",
			config: { maxIterations: 3, vars: { n: 1 }, next: { n: "{{ steps.count.output }}" } },
		};
		const count = transform("count", "return input.n + 1", { n: "{{ vars.n }}" }, { parent: "again" });
		const slug = await draw(testPlan([again, count]));
		await testDraft(slug);
		const was = "{{ iteration.previous.count.output }}";
		const back = transform("back", "return input.was", { was }, { parent: "again" });
		const plan = testPlan([again, count, back]);
		await saveDraft(editor(), { team: "acme", slug, revision: 2, plan });
		expect(await outputOf(await attempt(slug, "back"), "back")).toBe(4);
		expect(await outputOf(await attempt(slug, "count"), "count")).toBe(5);
	});

	test("runs with its container when that is what is tried", async () => {
		const list = transform("list", "return ['x']");
		const listed = { ...items, config: { items: "{{ steps.list.output }}" } };
		const slug = await draw(
			testPlan(
				[list, listed, ...inside, transform("after", "return 1")],
				["first -> second", "list -> each", "each -> after"],
			),
		);
		const runId = await attempt(slug, "each", { steps: { list: { output: ["p", "q", "r"] } } });
		const { steps } = await untilRun(database, runId);
		expect(Object.keys(steps).sort()).toEqual([
			"each",
			...["first#0", "first#1", "first#2"],
			...["second#0", "second#1", "second#2"],
		]);
		expect(await readOutput(database, runId, "second", "2")).toEqual({ text: "r1", at: 2 });
	});
});

test("a step alone reads the items of all the containers around it", async () => {
	const slug = await draw(
		testPlan([
			{ id: "orders", type: "for-each", name: "Orders", config: { items: ["A", "B"] } },
			{ id: "lines", type: "for-each", name: "Lines", parent: "orders", config: { items: [1] } },
			transform("read", "return input", { of: "{{ outer.item }}", n: "{{ item }}" }, { parent: "lines" }),
		]),
	);
	await expect(attempt(slug, "read", { item: 7 })).rejects.toMatchObject({
		details: { issues: [{ code: "no_data" }] },
	});
	const runId = await attempt(slug, "read", { item: 7, outer: { item: "C" } });
	await untilRun(database, runId);
	expect(await readOutput(database, runId, "read")).toEqual({ of: "C", n: 7 });
});

describe("what cannot be tried", () => {
	test("is a step with errors of its own; errors elsewhere do not matter", async () => {
		const slug = await draw(line);
		await expect(attempt(slug, "broken")).rejects.toMatchObject({
			code: "invalid",
			details: { issues: [{ nodeId: "broken", field: "config.input.x", code: "unknown_reference" }] },
		});
	});

	test("is a step that reads what nobody has given and no run has recorded", async () => {
		const slug = await draw(planSchema.parse({ ...line, inputs: [{ ...who, required: true }] }));
		await expect(attempt(slug, "shout")).rejects.toMatchObject({
			code: "invalid",
			details: { issues: [{ nodeId: "shout", field: "config.input.text", code: "no_data" }] },
		});
		await expect(attempt(slug, "greet")).rejects.toMatchObject({
			details: { issues: [{ nodeId: "greet", code: "no_data", message: expect.stringContaining("inputs.who") }] },
		});
	});

	test("is a step that is not there, and a draft that somebody has changed", async () => {
		const slug = await draw(line);
		await expect(attempt(slug, "missing")).rejects.toMatchObject({ code: "not_found" });
		const input = { team: "acme", slug, node: "greet", revision: 1, scope: { inputs: { who: "A" } } };
		const stale = tryStep(editor(), tryStepInput.parse({ ...input, requestId: crypto.randomUUID() }));
		await expect(stale).rejects.toMatchObject({ code: "conflict" });
	});

	test("is a scope that is none", () => {
		const input = { team: "acme", slug: "a", node: "greet", requestId: "12345678" };
		for (const scope of [
			null,
			[],
			"text",
			{ steps: { greet: "bare" } },
			{ steps: { "A b": { output: 1 } } },
			{ env: {} },
		]) {
			expect(tryStepInput.safeParse({ ...input, scope }).success).toBe(false);
		}
	});
});

test("a workflow whose steps were only tried can be removed, and what still runs of it is stopped", async () => {
	const sleep = { id: "sleep", type: "shell", name: "Sleep", config: { command: "sleep 600" } };
	const slug = await draw(testPlan([sleep]));
	const runId = await attempt(slug, "sleep");
	await untilRun(database, runId, ({ steps }) => steps.sleep?.phase.status === "running");
	const stopped = once(worker.services.signals.register(runId).signal, "abort");
	await removeWorkflow(editor(), { team: "acme", slug });
	await stopped;
	const [left] = await database.sql`select count(*)::int as runs from runs where id = ${runId}`;
	expect(left).toEqual({ runs: 0 });
});

function editor() {
	return team.members.editor;
}

/** A draft at revision 2. */
async function draw(plan: Plan): Promise<string> {
	const { slug } = await createBlankWorkflow(editor(), { team: "acme", name: "Tried" });
	await saveDraft(editor(), { team: "acme", slug, revision: 1, plan });
	return slug;
}

async function attempt(slug: string, node: string, scope: unknown = {}): Promise<string> {
	const requestId = crypto.randomUUID();
	return (await tryStep(editor(), tryStepInput.parse({ team: "acme", slug, node, scope, requestId }))).runId;
}

async function testDraft(slug: string, input = {}): Promise<void> {
	const requestId = crypto.randomUUID();
	const { runId } = await startDraftRun(editor(), { team: "acme", slug, revision: 2, input, requestId });
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
}

async function outputOf(runId: string, nodeId: string) {
	await untilRun(database, runId);
	return await readOutput(database, runId, nodeId);
}
