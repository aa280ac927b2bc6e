import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { toJsonText } from "../store/json-text";
import { insertTestRun } from "../test-run";
import { listLastOutputs } from "./list-last-outputs";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

test("a workflow that never ran has no values", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	await database.sql`delete from runs where id = ${runId}`;
	expect(await read(slug)).toEqual({ lastRun: null, steps: {} });
});

test("each step answers with the last time it completed, whichever run that was", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	await record(runId, { nodeId: "build", output: "old build" });
	await record(runId, { nodeId: "test", output: "old test" });
	await record(runId, { nodeId: "ship", output: { error: { message: "no" } }, status: "failed" });
	const second = await addRun(runId, { number: 2, kind: "draft" });
	await record(second, { nodeId: "build", output: "new build" });
	await record(second, { nodeId: "test", output: { error: { message: "no" } }, status: "failed" });
	const tried = await addRun(runId, { number: 0, kind: "try" });
	await record(tried, { nodeId: "test", output: "tried test", input: { text: "given" } });
	const { steps } = await read(slug);
	expect(steps).toMatchObject({
		build: { output: { value: "new build" }, run: { number: 2, kind: "draft" }, status: "completed" },
		test: { output: { value: "tried test" }, input: { value: { text: "given" } }, run: { kind: "try" } },
		ship: { output: { value: { error: { message: "no" } } }, status: "failed" },
	});
});

test("a step of a container answers with its last iteration, and one that has not ended not at all", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	for (const index of [0, 1, 2, 10]) await record(runId, { nodeId: "say", iteration: String(index), output: index });
	await record(runId, { nodeId: "open", output: { items: [1] }, status: "open" });
	const { steps } = await read(slug);
	expect(steps).toMatchObject({ say: { iteration: "10", output: { value: 10 } } });
	expect(Object.keys(steps)).toEqual(["say"]);
});

test("the last run that was started tells its inputs, trigger and variables, a try does not", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	await database.sql`
		update runs set input = '{"who": "Ada"}', payload = '{"alert": "disk"}', trigger = 'webhook' where id = ${runId}`;
	await database.sql`insert into run_variables (run_id, key, value) values (${runId}, 'seen', '3')`;
	await addRun(runId, { number: 0, kind: "try" });
	expect((await read(slug)).lastRun).toMatchObject({
		run: { number: 1, kind: "workflow" },
		inputs: { value: { who: "Ada" }, truncated: false },
		trigger: { value: { type: "webhook", alert: "disk" } },
		state: { value: { seen: 3 } },
	});
});

test("a long value is shortened and says so, its shape kept", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	const output = { status: 200, body: "x".repeat(500_000), items: Array.from({ length: 5_000 }, (_, id) => ({ id })) };
	await record(runId, { nodeId: "fetch", output });
	const { steps } = await read(slug);
	expect(steps.fetch?.output).toMatchObject({
		truncated: true,
		value: { status: 200, items: expect.arrayContaining([{ id: 0 }]) },
	});
	expect(JSON.stringify(steps.fetch).length).toBeLessThan(21_000);
});

test("hundreds of long values stay small together", async () => {
	const { slug, runId } = await insertTestRun(database, team.id);
	await database.sql`
		insert into run_steps (run_id, node_id, status, input, output, ended_at)
		select ${runId}, 'step_' || n, 'completed', '{}', jsonb_build_object('text', repeat('x', 19000)), now()
		from generate_series(1, 400) n`;
	const answer = await read(slug);
	expect(Object.keys(answer.steps)).toHaveLength(400);
	expect(JSON.stringify(answer).length).toBeLessThan(2_300_000);
});

test("a step that got another id since the last run keeps its values until the next one", async () => {
	const plan = (id: string) =>
		testPlan([
			{ id, name: id, config: { command: "make" }, position: { x: 0, y: 0 } },
			{ id: "test", name: "Test", config: { command: "make test" }, position: { x: 248, y: 0 } },
		]);
	const { slug, runId } = await insertTestRun(database, team.id, { plan: plan("build") });
	await record(runId, { nodeId: "build", output: "built" });
	await record(runId, { nodeId: "test", output: "tested" });
	await database.sql`update workflows set draft = ${toJsonText(plan("compile"))}::text::json where slug = ${slug}`;
	expect((await read(slug)).steps).toMatchObject({
		compile: { output: { value: "built" } },
		test: { output: { value: "tested" } },
	});
	const tried = await addRun(runId, { number: 0, kind: "try" });
	await record(tried, { nodeId: "compile", output: "tried" });
	expect(Object.keys((await read(slug)).steps).toSorted()).toEqual(["compile", "test"]);
	expect((await read(slug)).steps.compile?.output.value).toBe("tried");
});

test("runs of other workflows tell nothing", async () => {
	const [one, other] = [await insertTestRun(database, team.id), await insertTestRun(database, team.id)];
	await record(other.runId, { nodeId: "say", output: "elsewhere" });
	expect((await read(one.slug)).steps).toEqual({});
});

function read(slug: string) {
	return listLastOutputs(team.members.viewer, { team: "acme", slug });
}

interface Step {
	nodeId: string;
	output: unknown;
	input?: unknown;
	iteration?: string;
	status?: string;
}

async function record(runId: string, step: Step): Promise<void> {
	const { nodeId, output, input = {}, iteration = "", status = "completed" } = step;
	await database.sql`
		insert into run_steps (run_id, node_id, iteration, status, input, output, port, ended_at)
		values (${runId}, ${nodeId}, ${iteration}, ${status}, ${toJsonText(input)}::text::jsonb,
			${toJsonText(output)}::text::jsonb, 'out', clock_timestamp())`;
}

/** Another run of the same workflow, later than the one that is given. */
async function addRun(runId: string, { number, kind }: { number: number; kind: string }): Promise<string> {
	const id = crypto.randomUUID();
	await database.sql`
		insert into runs (id, team_id, workflow_id, number, kind, plan_hash, status, actor, trigger, payload, input, created_at)
		select ${id}, team_id, workflow_id, ${number}, ${kind}, plan_hash, status, actor, trigger, payload, input, clock_timestamp()
		from runs where id = ${runId}`;
	return id;
}
