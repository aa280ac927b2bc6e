import { afterAll, expect, test } from "vitest";
import { openValue, sealBindings } from "@/server/execution/secrets/sealed-values";
import { startTestServer } from "@/server/http/test-server";
import type { Plan } from "@/server/plan/plan";
import { inLine, step, testPlan, transform } from "@/server/plan/test-plan";
import { tryStep, tryStepInput } from "@/server/runs/try/try-step";
import { startDraftRun } from "@/server/runs/verbs/start-draft-run";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { readOutput, untilRun } from "./test-runs";
import { openTestTeamKey, setUpWorker } from "./test-worker";

const TOKEN = "hunter2-hunter2";
const { database, worker } = await setUpWorker({ secrets: { TOKEN, OWN: TOKEN } });
const team = await createTestTeam(database, "acme");
const { editor, admin } = team.members;
await database.sql`insert into credentials (id, team_id, name, sealed) values ('token', ${team.id}, 'TOKEN', '')`;
/** The requests that the steps send: only these hold a value before its secrets are hidden. */
const server = await startTestServer((_request, response) => response.end("{}"));
afterAll(() => server.close());

const post = (id: string, body: string, parent?: string) =>
	step(id, "http-request", { method: "POST", url: server.origin, bodyType: "text", body }, { parent });
const state = (id: string, config: object) => step(id, "state", config);
const sign = transform("sign", "return 'key ' + input.t", { t: "{{ secrets.TOKEN }}" });
const signed = "{{ steps.sign.output }}";
const each = (id: string, items: unknown, parent?: string) => step(id, "for-each", { items }, { parent });

const nodes = [
	sign,
	state("keep", { key: "kept", value: [signed] }),
	each("orders", [signed, "plain"]),
	post("item", "{{ item }}", "orders"),
	each("lines", [1], "orders"),
	post("outer", "{{ outer.item }}", "lines"),
	step("again", "loop", { maxIterations: 2, vars: { v: signed }, next: { v: "{{ vars.v }}!" } }),
	transform("echo", "return input.v", { v: "{{ vars.v }}" }, { parent: "again" }),
	post("vars", "{{ vars.v }}", "again"),
	post("previous", '{{ iteration.previous.echo.output ?? "none" }}', "again"),
	post("state", "{{ state.kept }}"),
	state("add", { action: "append", key: "kept", value: "new" }),
];
const workflow = await drawAndRun(testPlan(nodes, inLine("sign", "keep", "orders", "again", "state", "add")));

test.each([
	["item", "key hunter2-hunter2"],
	["outer", "key hunter2-hunter2"],
	["vars", "key hunter2-hunter2!!"],
	["previous", "key hunter2-hunter2!"],
	["state", '["key hunter2-hunter2","new"]'],
])("a step that is tried sends %s of the last run whole, and its record hides the secret", async (node, sent) => {
	const runId = await attempt(workflow, node);
	expect(server.requests.at(-1)?.body).toBe(sent);
	const stored = await storedOf(runId);
	expect(stored).not.toContain(TOKEN);
	expect(stored).toContain("•••");
});

test("a worker that has forgotten the try reads the same again", async () => {
	const runId = await attempt(workflow, "vars");
	worker.services.cache.evict(runId);
	const run = await worker.services.cache.loadRun(runId);
	expect(run?.pinned?.vars).toEqual({ v: `key ${TOKEN}!!` });
	expect(run?.pinnedValues).toEqual([TOKEN]);
});

test("a value that somebody gives wins over one with a secret in it", async () => {
	await attempt(workflow, "item", { item: "given" });
	expect(server.requests.at(-1)?.body).toBe("given");
	await attempt(workflow, "state", { state: { kept: "mine" } });
	expect(server.requests.at(-1)?.body).toBe("mine");
});

test("a container that is tried hands the outer item's secret on to the steps inside it", async () => {
	const runId = await attempt(workflow, "lines");
	expect(server.requests.at(-1)?.body).toBe(`key ${TOKEN}`);
	expect(await storedOf(runId)).not.toContain(TOKEN);
});

test("a variable that a try changes is sealed in the try from then on", async () => {
	const runId = await attempt(workflow, "add");
	const [row] = await database.sql<{ value: unknown; sealed: string; sealBindings: string | null }[]>`
		select value, sealed, sealed_in as "sealBindings" from run_variables where run_id = ${runId}`;
	expect(row).toMatchObject({ value: ["key •••", "new", "new"], sealBindings: null });
	const opened = openValue(await openTestTeamKey(), row?.sealed ?? "", sealBindings.variable(runId, "kept"));
	expect(opened.value).toEqual([`key ${TOKEN}`, "new", "new"]);
});

test("steps and containers that were renamed since are read whole, too", async () => {
	const draw = (ids: { sign: string; orders: string }) =>
		testPlan(
			[
				{ ...sign, id: ids.sign, name: "Sign" },
				{ ...each("orders", [`{{ steps.${ids.sign}.output }}`]), id: ids.orders, name: "Orders" },
				post("both", `{{ item }} {{ steps.${ids.sign}.output }}`, ids.orders),
			],
			inLine(ids.sign, ids.orders),
		);
	const slug = await drawAndRun(draw({ sign: "sign", orders: "orders" }));
	const plan = draw({ sign: "signature", orders: "requests" });
	await saveDraft(editor, { team: "acme", slug, revision: 2, plan });
	await attempt(slug, "both");
	expect(server.requests.at(-1)?.body).toBe(`key ${TOKEN} key ${TOKEN}`);
});

test("what a person's own credential is hidden in stays hidden from the tries of others, and is whole in their own", async () => {
	await database.sql`
		insert into credentials (id, team_id, name, owner_id, sealed) values ('own', ${team.id}, 'OWN', ${editor.userId}, '')`;
	const own = [
		transform("sign", "return 'key ' + input.t", { t: "{{ secrets.OWN }}" }),
		transform("copy", "return input.s + '!'", { s: signed }),
		state("keep", { key: "kept", value: signed }),
		each("orders", [signed]),
		post("item", "{{ item }}", "orders"),
		post("both", "{{ steps.copy.output }} {{ state.kept }}"),
	];
	const slug = await drawAndRun(testPlan(own, inLine("sign", "copy", "keep", "orders", "both")));
	await attempt(slug, "copy");
	await attempt(slug, "both");
	expect(server.requests.at(-1)?.body).toBe(`key ${TOKEN}! key ${TOKEN}`);
	await attempt(slug, "both", {}, admin);
	expect(server.requests.at(-1)?.body).toBe("key •••! key •••");
	await attempt(slug, "item", {}, admin);
	expect(server.requests.at(-1)?.body).toBe("key •••");
	await database.sql`delete from credentials where id = 'own'`;
	await attempt(slug, "both", {}, admin);
	expect(server.requests.at(-1)?.body).toBe("key •••! key •••");
});

/** A workflow whose draft has been tested once. */
async function drawAndRun(plan: Plan): Promise<string> {
	const { slug } = await createBlankWorkflow(editor, { team: "acme", name: "Tried" });
	await saveDraft(editor, { team: "acme", slug, revision: 1, plan });
	const requestId = crypto.randomUUID();
	const { runId } = await startDraftRun(editor, { team: "acme", slug, revision: 2, input: {}, requestId });
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
	expect(await readOutput(database, runId, "sign")).toBe("key •••");
	return slug;
}

/** Tries a step to its end. */
async function attempt(slug: string, node: string, scope: unknown = {}, caller: Caller = editor): Promise<string> {
	const asked = tryStepInput.parse({ team: "acme", slug, node, scope, requestId: crypto.randomUUID() });
	const { runId } = await tryStep(caller, asked);
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
	return runId;
}

/** Everything of a run that can be read without the team's key. */
async function storedOf(runId: string): Promise<string> {
	const rows = await database.sql`
		select (select json_agg(r) from runs r where id = ${runId})::text as runs,
			(select json_agg(e) from run_events e where run_id = ${runId})::text as events,
			(select json_agg(s) from run_steps s where run_id = ${runId})::text as steps,
			(select json_agg(v) from run_variables v where run_id = ${runId})::text as variables`;
	return JSON.stringify(rows);
}
