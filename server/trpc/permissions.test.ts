import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { runSteps } from "@/db/schema/runs";
import { ROLES } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { setCredential } from "@/server/credentials/set-credential";
import { testPlan } from "@/server/plan/test-plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import type { Role } from "@/server/teams/permissions";
import { createTestTeam, joinTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { appRouter, createCaller } from "./router";

type Client = ReturnType<typeof createCaller>;
interface Target {
	team: string;
	slug: string;
	runId: string;
	credentialId: string;
	linkId: string;
	memberId: string;
	invitationId: string;
}
interface Rule {
	least: Role;
	call: (client: Client, target: Target) => Promise<unknown>;
	/** What it acts on belongs to a team: naming one's own team with it must not help. */
	aimsAt?: "workflow" | "run" | "credential" | "link" | "member" | "invitation";
}

const step = { nodeId: "ask", iteration: "" };
const EVERYTHING = { settings: true, inputs: true, outputs: true, logs: true };
const plan = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }]);
const rules: Record<string, Rule> = {
	"workflows.list": { least: "viewer", call: (client, { team }) => client.workflows.list({ team }) },
	"workflows.get": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.get(at) },
	"workflows.exportYaml": {
		least: "viewer",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.exportYaml(at),
	},
	"workflows.importYaml": {
		least: "editor",
		call: (client, { team }) => client.workflows.importYaml({ team, yaml: "name: A\nversion: 1\nnodes: []" }),
	},
	"templates.publish": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.templates.publish({ ...at, category: "data", forInstance: false }),
	},
	"templates.newer": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.templates.newer(at) },
	"templates.take": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.templates.take({ ...at, plan, revision: 1, version: 2 }),
	},
	"templates.unpublish": {
		least: "editor",
		call: async (client, { team, slug }) => {
			const { template } = await client.templates.publish({ team, slug, category: "data", forInstance: false });
			await client.templates.unpublish({ team, template });
		},
	},
	"templates.use": {
		least: "editor",
		call: (client, { team }) => client.templates.use({ team, template: "site-uptime" }),
	},
	"workflows.create": { least: "editor", call: (client, { team }) => client.workflows.create({ team, name: "New" }) },
	"workflows.rename": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.rename({ ...at, name: "Renamed" }),
	},
	"workflows.draft": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.draft(at) },
	"workflows.saveDraft": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.saveDraft({ ...at, plan, revision: 1 }),
	},
	"workflows.pin": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.pin({ ...at, node: "ask", output: 1 }),
	},
	"workflows.unpin": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.unpin({ ...at, node: "ask" }),
	},
	"workflows.publish": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.publish({ ...at, revision: 1 }),
	},
	"workflows.versions": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.versions(at) },
	"workflows.version": {
		least: "viewer",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.version({ ...at, version: 1 }),
	},
	"workflows.restore": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.workflows.restore({ ...at, version: 1, revision: 1 }),
	},
	"workflows.duplicate": { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.duplicate(at) },
	"workflows.archive": { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.archive(at) },
	"workflows.unarchive": { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.unarchive(at) },
	"workflows.remove": { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.remove(at) },
	"runs.start": {
		least: "operator",
		aimsAt: "workflow",
		call: (client, at) => client.runs.start({ ...at, input: {}, requestId: crypto.randomUUID() }),
	},
	"runs.startDraft": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.runs.startDraft({ ...at, revision: 1, input: {}, requestId: crypto.randomUUID() }),
	},
	"runs.lastOutputs": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.lastOutputs(at) },
	"steps.try": {
		least: "editor",
		aimsAt: "workflow",
		call: (client, at) => client.steps.try({ ...at, node: "ask", requestId: crypto.randomUUID() }),
	},
	"presence.watch": {
		least: "viewer",
		aimsAt: "workflow",
		call: async (client, at) => {
			const stream = await client.presence.watch({ ...at, tab: crypto.randomUUID() });
			for await (const _news of stream) return;
		},
	},
	"presence.update": {
		least: "viewer",
		aimsAt: "workflow",
		call: (client, at) => client.presence.update({ ...at, tab: crypto.randomUUID(), selected: ["ask"] }),
	},
	"presence.leave": {
		least: "viewer",
		aimsAt: "workflow",
		call: (client, at) => client.presence.leave({ ...at, tab: crypto.randomUUID() }),
	},
	"runs.list": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.list(at) },
	"runs.get": { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.get({ ...at, number: 1 }) },
	"runs.watch": {
		least: "viewer",
		aimsAt: "run",
		call: async (client, { team, runId }) => {
			const stream = await client.runs.watch({ team, runs: [{ id: runId, after: 0 }] });
			for await (const _batch of stream) return;
		},
	},
	"runs.step": { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.step({ ...at, ...step }) },
	"runs.logs": { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.logs({ ...at, ...step }) },
	"runs.cancel": { least: "operator", aimsAt: "run", call: (client, at) => client.runs.cancel(at) },
	"runs.pause": { least: "operator", aimsAt: "run", call: (client, at) => client.runs.pause(at) },
	"runs.resume": { least: "operator", aimsAt: "run", call: (client, at) => client.runs.resume(at) },
	"runs.decide": {
		least: "operator",
		aimsAt: "run",
		call: (client, at) => client.runs.decide({ ...at, ...step, decision: "approved", values: {} }),
	},
	"sharing.create": {
		least: "editor",
		aimsAt: "run",
		call: (client, { team, runId }) => client.sharing.create({ team, runId, shows: EVERYTHING, hours: 1 }),
	},
	"sharing.revoke": {
		least: "editor",
		aimsAt: "link",
		call: (client, { team, linkId }) => client.sharing.revoke({ team, id: linkId }),
	},
	"sharing.list": { least: "viewer", call: (client, { team, runId }) => client.sharing.list({ team, runId }) },
	"sharing.preview": {
		least: "editor",
		aimsAt: "run",
		call: (client, { team, runId }) => client.sharing.preview({ team, runId, shows: EVERYTHING }),
	},
	"sharing.policy": { least: "viewer", call: (client, { team }) => client.sharing.policy({ team }) },
	"sharing.setPolicy": {
		least: "admin",
		call: (client, { team }) => client.sharing.setPolicy({ team, isOn: true, needsPassword: false }),
	},
	"workers.list": { least: "viewer", call: (client, { team }) => client.workers.list({ team }) },
	"teams.delete": { least: "owner", call: (client, { team }) => client.teams.delete({ team, name: "Nobody’s" }) },
	"members.list": { least: "viewer", call: (client, { team }) => client.members.list({ team }) },
	"members.whoCan": {
		least: "viewer",
		call: (client, { team }) => client.members.whoCan({ team, permission: "run:start" }),
	},
	"members.changeRole": {
		least: "admin",
		aimsAt: "member",
		call: (client, { team, memberId }) => client.members.changeRole({ team, userId: memberId, role: "operator" }),
	},
	"members.remove": {
		least: "admin",
		aimsAt: "member",
		call: (client, { team, memberId }) => client.members.remove({ team, userId: memberId }),
	},
	"invitations.list": { least: "admin", call: (client, { team }) => client.invitations.list({ team }) },
	"invitations.create": {
		least: "admin",
		call: (client, { team }) => client.invitations.create({ team, role: "viewer", maxUses: 1, days: 7 }),
	},
	"invitations.revoke": {
		least: "admin",
		aimsAt: "invitation",
		call: (client, { team, invitationId }) => client.invitations.revoke({ team, id: invitationId }),
	},
	"audit.list": { least: "admin", call: (client, { team }) => client.audit.list({ team }) },
	"members.leave": { least: "viewer", call: (client, { team }) => client.members.leave({ team }) },
	"credentials.list": { least: "operator", call: (client, { team }) => client.credentials.list({ team }) },
	"credentials.set": {
		least: "admin",
		call: (client, { team }) =>
			client.credentials.set({ team, name: "NEW", type: "token", values: { token: "value" } }),
	},
	"credentials.test": {
		least: "admin",
		aimsAt: "credential",
		call: (client, { team, credentialId }) =>
			client.credentials.test({ team, id: credentialId, url: "http://127.0.0.1:9/" }),
	},
	"credentials.remove": {
		least: "admin",
		aimsAt: "credential",
		call: (client, { team, credentialId }) => client.credentials.remove({ team, id: credentialId }),
	},
};
const names = Object.keys(rules);
/** What a person is and does outside of teams. */
const OF_NO_TEAM = ["viewer.me", "templates.review", "teams.create"];
const isOfNoTeam = (name: string) => OF_NO_TEAM.includes(name) || name.startsWith("account.");

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

test("every procedure of a team has a rule here", () => {
	const procedures = Object.keys(appRouter._def.procedures).filter((name) => !isOfNoTeam(name));
	expect(procedures.sort()).toEqual([...names].sort());
});

test("a team is made by whoever is signed in", async () => {
	const create = (client: Client) => codeOf(client.teams.create({ name: "Made" }));
	expect(await create(createCaller({ database, viewer: null }))).toBe("UNAUTHORIZED");
	expect(await create(await joinAs(rivals, "viewer"))).toBe("OK");
});

test("an account is nobody's who is not signed in", async () => {
	const { account } = createCaller({ database, viewer: null });
	const calls = [account.get(), account.sessions(), account.deletion(), account.endOtherSessions()];
	expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => "UNAUTHORIZED"));
});

describe.each(names)("%s", (name) => {
	const rule = rules[name] ?? { least: "owner", call: () => Promise.reject(new Error("no rule")) };
	const enough = ROLES.slice(0, ROLES.indexOf(rule.least) + 1);

	test("asks strangers to sign in", async () => {
		const anonymous = createCaller({ database, viewer: null });
		expect(await codeOf(rule.call(anonymous, await makeTarget()))).toBe("UNAUTHORIZED");
	});

	test("tells another team nothing", async () => {
		expect(await codeOf(rule.call(await joinAs(rivals, "owner"), await makeTarget()))).toBe("NOT_FOUND");
	});

	test.runIf(rule.aimsAt)("is not fooled by the name of one's own team", async () => {
		const target = { ...(await makeTarget()), team: "rivals" };
		expect(await codeOf(rule.call(await joinAs(rivals, "owner"), target))).toBe("NOT_FOUND");
	});

	test.each(ROLES.filter((role) => !enough.includes(role)))("refuses a team’s %s", async (role) => {
		expect(await codeOf(rule.call(await joinAs(acme, role), await makeTarget()))).toBe("FORBIDDEN");
	});

	test.each(enough)("lets a team’s %s through", async (role) => {
		expect(["OK", "CONFLICT"]).toContain(await codeOf(rule.call(await joinAs(acme, role), await makeTarget())));
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
	const { actor, email } = await joinTestTeam(database, team, { name, role });
	const session = { id: newId() };
	return createCaller(
		{ database, viewer: { userId: actor.id, name, email, session } },
		{ signal: AbortSignal.timeout(20_000) },
	);
}

/** A published workflow with a run that waits for an approval, and a credential, all of them acme's. */
async function makeTarget(): Promise<Target> {
	// No person does all this within the windows of the limits.
	await database.sql`delete from rate_limits`;
	const { runId, slug } = await insertTestRun(database, acme.id, { plan });
	await publishWorkflow(acme.members.owner, { team: "acme", slug, revision: 1 });
	await database.db.insert(runSteps).values({ runId, nodeId: step.nodeId, status: "waiting" });
	const data = { for: "approval" as const, message: "Well?", fields: [], approvers: [] };
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: step.nodeId, data }]);
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
