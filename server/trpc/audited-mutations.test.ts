import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { runSteps } from "@/db/schema/runs";
import { users } from "@/db/schema/teams";
import { testPlan } from "@/server/plan/test-plan";
import { ensureTestPrompt, testPromptText } from "@/server/prompts/test-prompts";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { joinTestTeam } from "@/server/teams/test-team";
import { testProcedures } from "./test-procedures/list-test-procedures";
import type { Target } from "./test-procedures/test-procedure";
import { callByName, procedureOf, requestsFor } from "./test-requests";

const steps = (text: string) => testPlan([{ id: "ask", type: "comment", name: "Ask", config: { text } }]);
const approval = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }], [], {
	triggers: [
		{ type: "manual" },
		{ type: "schedule", id: "hourly", cron: "0 * * * *" },
		{ type: "webhook", id: "orders" },
	],
});
/** All that change something of a team. */
const audited = [...testProcedures].flatMap(([name, { unaudited }]) =>
	procedureOf(name).type === "mutation" && unaudited === undefined ? [name] : [],
);

const { database, team } = await setUpTestTeam();
let number = 0;
beforeAll(async () => {
	await database.db.update(users).set({ isAdministrator: true }).where(eq(users.id, team.members.admin.userId));
});

/** A request of a person who is in the team, as the browser sends it. */
const call = (name: string, input: object, by = team.members.admin) => callByName(by, name, input);

/** What must have happened before a request is right, beside what `makeTarget` makes; answers what it says then. */
const PREPARED: Record<string, (target: Target) => Promise<object>> = {
	"workflows.publish": async ({ slug }) => saveSteps(slug, 1, "b"),
	"workflows.restore": async ({ slug }) => ({
		...(await publishSteps(slug, 1, "b")),
		...(await saveSteps(slug, 2, "c")),
	}),
	"workflows.unarchive": async (target) => {
		await call("workflows.archive", { team: "acme", slug: target.slug });
		return {};
	},
	"workflows.remove": async () => ({ slug: await makeWorkflow() }),
	"templates.publish": async ({ slug }) => publishSteps(slug, 1, "b"),
	"templates.unpublish": async () => ({ template: (await publishTemplate()).template }),
	"templates.review": async () => ({ template: (await publishTemplate()).template }),
	"templates.take": async () => {
		const { slug, template } = await publishTemplate();
		const made = await call("templates.use", { team: "acme", template, name: "Clone" });
		await publishSteps(slug, 2, "two");
		await call("templates.publish", { team: "acme", slug, category: "data", forInstance: true });
		return { slug: slugOf(made), plan: steps("two") };
	},
	"prompts.save": makePrompt,
	"prompts.remove": makePrompt,
	"prompts.saveCase": async () => ({ ...(await makePrompt()), id: undefined }),
	"prompts.removeCase": async ({ team: slug }) => {
		await makePrompt();
		const named = { team: slug, prompt: "sample", name: crypto.randomUUID(), variables: {} };
		return Object(await call("prompts.saveCase", { ...named, expectation: { kind: "any" } }));
	},
	"failures.test": makeDestination,
	"failures.remove": makeDestination,
	"runs.resume": async ({ runId }) => {
		await call("runs.pause", { team: "acme", runId });
		return {};
	},
	"triggers.resume": async ({ slug }) => {
		await call("triggers.pause", { team: "acme", slug, key: "hourly" });
		return {};
	},
	"triggers.testFire": async () => ({ deliveryId: undefined }),
	"triggers.redeliver": async ({ slug }) => {
		const made = await call("triggers.testFire", { team: "acme", slug, key: "orders" });
		return {
			ids: z
				.array(z.object({ id: z.string() }))
				.parse(made)
				.map(({ id }) => id),
		};
	},
	"triggers.endFormerAddress": async ({ slug }) => {
		await call("triggers.replaceAddress", { team: "acme", slug, key: "orders" });
		return {};
	},
	"comments.edit": async ({ runId }) => ({ id: await addComment(runId) }),
	"comments.resolve": async ({ runId }) => {
		await addComment(runId);
		return { nodeId: null };
	},
	"comments.remove": async ({ runId }) => ({ id: await addComment(runId) }),
	"runs.start": async () => ({ input: {} }),
	"runs.startDraft": async () => ({ input: {}, key: undefined, again: undefined }),
	"runs.removeFile": async () => {
		const { runId } = await insertTestRun(database, team.id, { ended: true });
		await database.sql`insert into stored_files (key, team_id, size, recorded_at) values (${runId}, ${team.id}, 1, now())`;
		await database.sql`
			insert into artifacts (id, team_id, run_id, name, kind, type, size, sha256, storage_key)
			values (${runId}, ${team.id}, ${runId}, 'a.txt', 'other', 'text/plain', 1, '', ${runId})`;
		return { runId, id: runId };
	},
	"runs.fork": async () => ({ ...(await insertTurn()), iteration: "", results: {} }),
	"runs.decide": async () => ({ iteration: "", values: {}, question: undefined }),
};

test.each(audited)("%s writes who called it, from where", async (name) => {
	const target = await makeTarget();
	const request = { ...requestsFor(target)[name], ...(await PREPARED[name]?.(target)) };
	const { actor, userId } =
		name === "members.leave" ? await joinTestTeam(database, team, person()) : team.members.admin;
	const [last] = await database.sql<{ id: number }[]>`select coalesce(max(id), 0) as id from audit_log`;
	await callByName({ ...team.members.admin, actor }, name, request);
	const entries = await database.sql`
		select address from audit_log where id > ${last?.id ?? 0} and actor->>'id' = ${userId}`;
	expect(entries).toContainEqual({ address: "203.0.113.14" });
});

/** A run in which an agent has taken a turn. */
async function insertTurn(): Promise<object> {
	const plan = testPlan([{ id: "ask", type: "agent", name: "Ask", config: { prompt: "Look." } }]);
	const { runId } = await insertTestRun(database, team.id, { plan });
	const message = { role: "assistant", text: "", toolCalls: [] };
	const usage = { provider: "demo", model: "m", inputTokens: 1, outputTokens: 1, costUsd: 0 };
	const entry = { kind: "turn", message, thinking: "", stopReason: "end", usage, ms: 1 };
	await database.sql`
		insert into agent_turns (run_id, node_id, seq, entry) values (${runId}, 'ask', 1, ${JSON.stringify(entry)}::text::json)`;
	await database.sql`insert into run_steps (run_id, node_id, status) values (${runId}, 'ask', 'waiting')`;
	const data = { turn: 1, text: "", model: "m", ms: 1, tokens: 2, costUsd: 0 };
	await appendEvents(database.sql, runId, [{ type: "agent.turn", nodeId: "ask", data }]);
	return { runId };
}

async function makeDestination(): Promise<object> {
	return Object(await call("failures.set", { team: "acme", type: "inbox", fields: { to: "owner" } }));
}

async function makePrompt(): Promise<object> {
	await ensureTestPrompt(team.members.admin);
	return { text: testPromptText("sample", crypto.randomUUID()) };
}

function person() {
	number += 1;
	return { name: `person-${number}`, role: "viewer" as const };
}

function slugOf(made: unknown): string {
	if (typeof made !== "object" || made === null || !("slug" in made)) throw new Error("No workflow was made.");
	return String(made.slug);
}

async function addComment(runId: string): Promise<string> {
	const made = await call("comments.add", { team: "acme", runId, text: "a" });
	return typeof made === "object" && made !== null && "id" in made ? String(made.id) : "";
}

async function makeWorkflow(): Promise<string> {
	return slugOf(await call("workflows.create", { team: "acme", name: "Source" }));
}

async function saveSteps(slug: string, revision: number, text: string): Promise<{ revision: number }> {
	await call("workflows.saveDraft", { team: "acme", slug, plan: steps(text), revision });
	return { revision: revision + 1 };
}

async function publishSteps(slug: string, revision: number, text: string): Promise<object> {
	await call("workflows.publish", { team: "acme", slug, ...(await saveSteps(slug, revision, text)) });
	return {};
}

async function publishTemplate(): Promise<{ slug: string; template: string }> {
	const slug = await makeWorkflow();
	await publishSteps(slug, 1, "one");
	const made = await call("templates.publish", { team: "acme", slug, category: "data", forInstance: true });
	if (typeof made !== "object" || made === null || !("template" in made)) throw new Error("No template was made.");
	return { slug, template: String(made.template) };
}

/** A published workflow with a run that waits for an approval, and one of everything else that requests act on. */
async function makeTarget(): Promise<Target> {
	const { runId, slug } = await insertTestRun(database, team.id, { plan: approval });
	await call("workflows.publish", { team: "acme", slug, revision: 1 });
	await database.db.insert(runSteps).values({ runId, nodeId: "ask", status: "waiting" });
	const data = { for: "approval" as const, message: "Well?", fields: [], approvers: [] };
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data }]);
	const { userId: memberId } = await joinTestTeam(database, team, person());
	const made = { team: "acme", slug, runId, memberId, credentialId: "", linkId: "", invitationId: "" };
	const requests = requestsFor(made);
	const idOf = async (name: string) => {
		// A password would cost each of these tests what hashing it costs.
		const answer = await call(name, { ...requests[name], ...(name === "sharing.create" && { password: undefined }) });
		if (typeof answer !== "object" || answer === null || !("id" in answer)) throw new Error(`${name} made nothing.`);
		return String(answer.id);
	};
	const [credentialId, linkId] = [await idOf("credentials.set"), await idOf("sharing.create")];
	return { ...made, credentialId, linkId, invitationId: await idOf("invitations.create") };
}
