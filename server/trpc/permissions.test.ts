import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { runSteps } from "@/db/schema/runs";
import { ROLES } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { setCredential } from "@/server/credentials/set-credential";
import { ensureTestPrompt } from "@/server/prompts/test-prompts";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import type { Role } from "@/server/teams/permissions";
import { createTestTeam, joinTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { appRouter, createCaller } from "./router";
import { testProcedures } from "./test-procedures/list-test-procedures";
import type { Client, Target } from "./test-procedures/test-procedure";
import { EVERYTHING, WAITING_PLAN, WAITING_STEP } from "./test-procedures/test-values";
import { callAsStranger, procedureOf, requestsFor } from "./test-requests";

/** Of what names a team; the others are what a person is and does. */
const RULES = new Map([...testProcedures].flatMap(([name, { rule }]) => (rule ? [[name, rule] as const] : [])));

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;
/** What is acted on by calls that change nothing: those that are refused, and those that read. */
let standing: Target;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
	standing = await makeTarget();
});
beforeEach(async () => {
	// No person does all this within the windows of the limits, and a team has a limited number of open invitations.
	await database.sql`delete from rate_limits`;
	await database.sql`delete from invitations where team_id = ${acme.id} and id <> ${standing.invitationId}`;
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

test("every procedure that names a team has a rule", async () => {
	const named = Object.entries(requestsFor(standing)).filter(([, request]) => "team" in request);
	expect(named.map(([name]) => name).sort()).toEqual([...RULES.keys()].sort());
});

test("a team is made by whoever is signed in", async () => {
	const create = (client: Client) => codeOf(client.teams.create({ name: "Made" }));
	expect(await create(await joinAs(rivals, "viewer"))).toBe("OK");
});

test.each(Object.keys(appRouter._def.procedures))("%s is nobody’s who is not signed in", async (name) => {
	const request = requestsFor(standing)[name];
	expect(await codeOf(callAsStranger(database, name, request))).toBe("UNAUTHORIZED");
});

describe.each([...RULES])("%s", (name, rule) => {
	const reads = procedureOf(name).type !== "mutation";
	const enough = ROLES.slice(0, ROLES.indexOf(rule.least) + 1);

	test("tells another team nothing", async () => {
		expect(await codeOf(rule.call(memberOf(rivals, "owner"), standing))).toBe("NOT_FOUND");
	});

	test.runIf(rule.aimsAt)("is not fooled by the name of one's own team", async () => {
		const target = { ...standing, team: "rivals" };
		expect(await codeOf(rule.call(memberOf(rivals, "owner"), target))).toBe("NOT_FOUND");
	});

	test.each(ROLES.filter((role) => !enough.includes(role)))("refuses a team’s %s", async (role) => {
		expect(await codeOf(rule.call(memberOf(acme, role), standing))).toBe("FORBIDDEN");
	});

	test.each(enough)("lets a team’s %s through", async (role) => {
		const [client, target] = reads ? [memberOf(acme, role), standing] : [await joinAs(acme, role), await makeTarget()];
		expect(["OK", "CONFLICT"]).toContain(await codeOf(rule.call(client, target)));
	});
});

test("viewer.me shows the person and only their own teams", async () => {
	const me = await (await joinAs(rivals, "editor", "somebody")).viewer.me();
	expect(me).toMatchObject({
		user: { email: "somebody@rivals.example" },
		teams: [{ slug: "rivals", role: "editor" }],
	});
});

/** A member of their own, since some calls end the membership of whoever makes them. */
async function joinAs(team: TestTeam, role: Role, name: string = crypto.randomUUID()): Promise<Client> {
	const { userId, email } = await joinTestTeam(database, team, { name, role });
	return clientOf({ userId, email, name });
}

/** The member of that role who is there from the beginning. */
function memberOf(team: TestTeam, role: Role): Client {
	const { userId, email } = team.members[role];
	return clientOf({ userId, email, name: role });
}

function clientOf(person: { userId: string; email: string; name: string }): Client {
	const viewer = { ...person, session: { id: newId() } };
	return createCaller({ database, viewer }, { signal: AbortSignal.timeout(20_000) });
}

/** A published workflow with a run that waits for an approval, and a credential, all of them acme's. */
async function makeTarget(): Promise<Target> {
	const { runId, slug } = await insertTestRun(database, acme.id, { plan: WAITING_PLAN });
	await publishWorkflow(acme.members.owner, { team: "acme", slug, revision: 1 });
	await database.db.insert(runSteps).values({ runId, nodeId: WAITING_STEP.nodeId, status: "waiting" });
	const data = { for: "approval" as const, message: "Well?", fields: [], approvers: [] };
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: WAITING_STEP.nodeId, data }]);
	const { id } = await setCredential(acme.members.owner, {
		team: "acme",
		name: "TOKEN",
		type: "token",
		values: { token: "value" },
	});
	const link = await createRunLink(acme.members.owner, { team: "acme", runId, shows: EVERYTHING, name: "" });
	const invited = { team: "acme", role: "viewer", maxUses: 1, days: 1 } as const;
	const { id: invitationId } = await createInvitation(acme.members.owner, invited);
	const { actor } = await joinTestTeam(database, acme, { name: crypto.randomUUID(), role: "viewer" });
	await ensureTestPrompt(acme.members.owner);
	return { team: "acme", slug, runId, credentialId: id, linkId: link.id, memberId: actor.id, invitationId };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
	try {
		await call;
		return "OK";
	} catch (error) {
		if (error instanceof TRPCError) return error.code;
		throw error;
	}
}
