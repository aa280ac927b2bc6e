import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { workflows } from "@/db/schema/workflows";
import { testPlan } from "@/server/plan/test-plan";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { getDraft } from "@/server/workflows/get-draft";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { renameWorkflow } from "@/server/workflows/rename-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { cloneShared } from "./clone-shared";
import { createWorkflowLink } from "./create-link";
import { listLinks } from "./list-links";
import { revokeLink } from "./revoke-link";
import { setPolicy } from "./set-policy";
import { ask, visitorAt } from "./test-visit";
import { visitWorkflow } from "./visit-workflow";
import { watchLink } from "./watch-link";

const { database, team } = await setUpTestTeam();
const { editor } = team.members;
const visitor = visitorAt(database, "192.0.2.5");
let slug: string;

beforeEach(async () => {
	const yaml =
		"version: 1\nname: Shared\nnodes:\n  - { id: work, type: shell, name: Work, config: { command: echo one } }";
	slug = (await importWorkflow(editor, { team: "acme", yaml })).slug;
});

test("a link follows what is published, or stays with its version; drafts stay in the team", async () => {
	const follows = await make({});
	const stays = await make({ version: 1 });
	await draft("echo two");
	expect([await commandOf(follows.token), await commandOf(stays.token)]).toEqual(["echo one", "echo one"]);
	await publish();
	expect([await commandOf(follows.token), await commandOf(stays.token)]).toEqual(["echo two", "echo one"]);
});

test("a link of a workflow that was never published, or of a version that there is not, cannot be made", async () => {
	await expect(make({ version: 9 })).rejects.toMatchObject({ code: "not_found" });
	const own = and(eq(workflows.teamId, team.id), eq(workflows.slug, slug));
	await database.db.update(workflows).set({ currentVersion: null }).where(own);
	await expect(make({})).rejects.toMatchObject({ code: "invalid" });
});

test("a link is counted, listed with the links of its workflow, held to what the team allows, and over when it is revoked", async () => {
	const { id, token } = await make({});
	for (const after of [0, 1]) await ask(visitor, "events", { token, after });
	const { links } = await listLinks(editor, { team: "acme", slug });
	expect(links).toMatchObject([{ id, views: 1, isLive: true, runNumber: null }]);
	await setPolicy(team.members.admin, { team: "acme", isOn: true, needsPassword: true });
	await expect(make({})).rejects.toMatchObject({ code: "forbidden" });
	expect((await ask(visitor, "workflow", { token })).status).toBe(404);
	await setPolicy(team.members.admin, { team: "acme", isOn: true, needsPassword: false });
	await revokeLink(editor, { team: "acme", id });
	expect((await ask(visitor, "workflow", { token })).status).toBe(404);
});

test("whoever has a link open is told what is published, under what name, and when the link is revoked", async () => {
	const [follows, stays] = [await make({}), await make({ version: 1 })];
	const watch = open(follows.token);
	const pinned = open(stays.token);
	expect([await watch.next(), await pinned.next()].map(({ value }) => value?.version)).toEqual([1, 1]);
	const next = watch.next();
	const end = expect(pinned.next()).rejects.toMatchObject({ code: "not_found" });
	await draft("echo two");
	await publish();
	expect((await next).value).toEqual({ runId: "shared", events: [], version: 2, name: "Shared" });
	await revokeLink(editor, { team: "acme", id: stays.id });
	await end;
	const renamed = watch.next();
	await renameWorkflow(editor, { team: "acme", slug, name: "Shown" });
	expect((await renamed).value).toEqual({ runId: "shared", events: [], version: 2, name: "Shown" });
	const ended = expect(watch.next()).rejects.toMatchObject({ code: "not_found" });
	await revokeLink(editor, { team: "acme", id: follows.id });
	await ended;
});

test("whoever has a link open on several pages or connects again is one view a page, and told the version once", async () => {
	const { id, token } = await make({});
	const [first, again] = [open(token), open(token, 1)];
	expect((await first.next()).value?.version).toBe(1);
	const nothing = again.next();
	await draft("echo two");
	await publish();
	expect((await nothing).value?.version).toBe(2);
	await Promise.all([first.return(), again.return()]);
	const { links } = await listLinks(editor, { team: "acme", slug });
	expect(links.find((link) => link.id === id)?.views).toBe(1);
});

test("a link shows its workflow and no run, and what it shows can be cloned", async () => {
	const { token } = await make({});
	expect((await ask(visitor, "run", { token })).status).toBe(404);
	const made = await cloneShared(editor, visitor, { team: "acme", token, name: "Mine", credentials: {} });
	expect(made.isReady).toBe(true);
	const bare = await make({ settings: false });
	const cloned = cloneShared(editor, visitor, { team: "acme", token: bare.token, name: "Mine", credentials: {} });
	await expect(cloned).rejects.toMatchObject({ code: "forbidden" });
});

function make({ settings = true, version }: { settings?: boolean; version?: number }) {
	return createWorkflowLink(editor, {
		team: "acme",
		slug,
		name: "",
		settings,
		...(version !== undefined && { version }),
	});
}

/** Polls never: what arrives has been told. */
function open(token: string, after = 0) {
	return watchLink(visitor, { token, after }, { signal: new AbortController().signal, pollMs: 60_000 });
}

async function publish(): Promise<void> {
	const { revision } = await getDraft(editor, { team: "acme", slug });
	await publishWorkflow(editor, { team: "acme", slug, revision });
}

async function commandOf(token: string): Promise<unknown> {
	return (await visitWorkflow(visitor, { token })).plan.nodes[0]?.config.command;
}

async function draft(command: string): Promise<void> {
	const { revision } = await getDraft(editor, { team: "acme", slug });
	const plan = testPlan([{ id: "work", type: "shell", name: "Work", config: { command } }]);
	await saveDraft(editor, { team: "acme", slug, plan, revision });
}
