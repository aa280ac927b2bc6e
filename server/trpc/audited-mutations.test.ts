import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runSteps } from "@/db/schema/runs";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, joinTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { appRouter } from "./router";
import { callByName, procedureOf, requestsFor, type Target } from "./test-requests";

/** Mutations that write no entry, and why. */
const UNAUDITED: Record<string, string> = {
	"workflows.saveDraft": "saved with every edit; what runs changes by publishing, which is written",
	"workflows.pin": "what the editor shows of one step",
	"workflows.unpin": "what the editor shows of one step",
	"presence.update": "who has a page open is kept nowhere",
	"presence.leave": "who has a page open is kept nowhere",
	"teams.delete": "a team takes its log along; see append-only.test.ts",
	"account.updateProfile": "belongs to a person, not to a team",
	"account.changePassword": "belongs to a person, not to a team",
	"account.endSession": "belongs to a person, not to a team",
	"account.endOtherSessions": "belongs to a person, not to a team",
	"account.delete": "writes that the person left, into the log of each team that stays; see account.test.ts",
};

const steps = (text: string) => testPlan([{ id: "ask", type: "comment", name: "Ask", config: { text } }]);
const approval = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }]);
const mutations = Object.keys(appRouter._def.procedures).filter((name) => procedureOf(name).type === "mutation");

let database: TestDatabase;
let team: TestTeam;
let number = 0;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	await database.db.update(users).set({ isAdministrator: true }).where(eq(users.id, team.members.admin.userId));
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
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
	"runs.resume": async ({ runId }) => {
		await call("runs.pause", { team: "acme", runId });
		return {};
	},
	"runs.start": async () => ({ input: {} }),
	"runs.startDraft": async () => ({ input: {} }),
	"runs.decide": async () => ({ iteration: "", values: {} }),
};

test.each(mutations.filter((name) => !Object.hasOwn(UNAUDITED, name)))(
	"%s writes who called it, from where",
	async (name) => {
		const target = await makeTarget();
		const request = { ...requestsFor(target)[name], ...(await PREPARED[name]?.(target)) };
		const { actor, userId } =
			name === "members.leave" ? await joinTestTeam(database, team, person()) : team.members.admin;
		const [last] = await database.sql<{ id: number }[]>`select coalesce(max(id), 0) as id from audit_log`;
		await callByName({ ...team.members.admin, actor }, name, request);
		const entries = await database.sql`
		select address from audit_log where id > ${last?.id ?? 0} and actor->>'id' = ${userId}`;
		expect(entries).toContainEqual({ address: "203.0.113.14" });
	},
);

test("what writes no entry is a mutation that exists", () => {
	expect(mutations).toEqual(expect.arrayContaining(Object.keys(UNAUDITED)));
});

function person() {
	number += 1;
	return { name: `person-${number}`, role: "viewer" as const };
}

function slugOf(made: unknown): string {
	if (typeof made !== "object" || made === null || !("slug" in made)) throw new Error("No workflow was made.");
	return String(made.slug);
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
		const answer = await call(name, requests[name] ?? {});
		if (typeof answer !== "object" || answer === null || !("id" in answer)) throw new Error(`${name} made nothing.`);
		return String(answer.id);
	};
	const [credentialId, linkId] = [await idOf("credentials.set"), await idOf("sharing.create")];
	return { ...made, credentialId, linkId, invitationId: await idOf("invitations.create") };
}
