import { beforeEach, expect, test } from "vitest";
import { deleteAccount } from "@/server/account/delete-account";
import { planSchema } from "@/server/plan/plan";
import { startDraftRun } from "@/server/runs/verbs/start-draft-run";
import type { Caller } from "@/server/teams/caller";
import { leaveTeam } from "@/server/teams/remove-member";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { getDraft } from "@/server/workflows/get-draft";
import { saveDraft } from "@/server/workflows/save-draft";
import { listCredentials } from "./list-credentials";
import { openCredentials, openKnownValues } from "./open-credentials";
import { removeCredential } from "./remove-credential";
import { setCredential } from "./set-credential";

const { database, team } = await setUpTestTeam();
beforeEach(async () => {
	await database.sql`delete from credentials`;
	await database.sql`delete from former_credential_values`;
});

const set = (caller: Caller, value: string, personal: boolean) =>
	setCredential(caller, { team: "acme", name: "TOKEN", type: "token", values: { token: value }, personal });
const read = ({ actor }: Caller) => openCredentials(database, { teamId: team.id, actor }, ["TOKEN"]);
const known = async ({ actor }: Caller) =>
	(await openKnownValues(database, { teamId: team.id, actor }, ["TOKEN"])).sort();
const listed = async (caller: Caller) =>
	(await listCredentials(caller, { team: "acme" })).credentials.map(({ name, isPersonal }) => [name, isPersonal]);

test("a personal credential is read by its owner's runs alone, before the team's of the same name", async () => {
	const { editor, operator, admin } = team.members;
	await set(editor, "editor's", true);
	expect(await read(editor)).toEqual({ TOKEN: "editor's" });
	expect(await read(admin)).toEqual({});
	await set(admin, "team's", false);
	await set(operator, "operator's", true);
	expect([await read(editor), await read(operator), await read(admin)]).toEqual([
		{ TOKEN: "editor's" },
		{ TOKEN: "operator's" },
		{ TOKEN: "team's" },
	]);
	const system = { teamId: team.id, actor: { kind: "system" as const, name: "clock" } };
	expect(await openCredentials(database, system, ["TOKEN"])).toEqual({ TOKEN: "team's" });
});

test("what a member replaces in their own hides nothing in the runs of others", async () => {
	const { editor, operator, admin } = team.members;
	await set(admin, "team's", false);
	for (const word of ["completed", "succeeded", "editor's"]) await set(editor, word, true);
	expect(await known(editor)).toEqual(["completed", "editor's", "succeeded", "team's"]);
	expect([await known(operator), await known(admin)]).toEqual([["team's"], ["team's"]]);
	await set(admin, "new", false);
	expect(await known(operator)).toEqual(["new", "team's"]);
});

test("nobody sees or removes another member's, be it an owner of the team", async () => {
	const { editor, operator, owner } = team.members;
	const { id } = await set(editor, "editor's", true);
	expect(await listed(editor)).toEqual([["TOKEN", true]]);
	expect([await listed(owner), await listed(operator)]).toEqual([[], []]);
	await expect(removeCredential(owner, { team: "acme", id })).rejects.toMatchObject({ code: "not_found" });
	await removeCredential(editor, { team: "acme", id });
	expect(await read(editor)).toEqual({});
});

test("an operator sees their own, and not the names of the team's", async () => {
	await set(team.members.admin, "team's", false);
	expect(await listed(team.members.operator)).toEqual([]);
	await set(team.members.operator, "operator's", true);
	expect(await listed(team.members.operator)).toEqual([["TOKEN", true]]);
	await expect(set(team.members.editor, "x", false)).rejects.toMatchObject({ code: "forbidden" });
	await expect(set(team.members.viewer, "x", true)).rejects.toMatchObject({ code: "forbidden" });
});

test("a draft that reads one has a problem for everybody else, and a run of the owner's says that it is used", async () => {
	const { editor, admin } = team.members;
	const { slug } = await createBlankWorkflow(editor, { team: "acme", name: "Own" });
	const nodes = [{ id: "run", type: "shell", name: "Run", config: { command: "echo '{{ secrets.TOKEN }}'" } }];
	await set(editor, "editor's", true);
	await saveDraft(editor, { team: "acme", slug, revision: 1, plan: planSchema.parse({ version: 1, nodes }) });
	const codes = async (caller: Caller) =>
		(await getDraft(caller, { team: "acme", slug })).issues.map(({ code }) => code);
	expect([await codes(editor), await codes(admin)]).toEqual([[], ["missing_credential"]]);
	const own = async () => (await getDraft(editor, { team: "acme", slug })).ownCredentials;
	expect(await own()).toEqual(["TOKEN"]);
	const start = { team: "acme", slug, revision: 2, input: {} };
	await expect(startDraftRun(admin, { ...start, requestId: "by-admin" })).rejects.toMatchObject({ code: "invalid" });
	const { runId } = await startDraftRun(editor, { ...start, requestId: "by-editor" });
	const [queued] = await database.sql`select data from run_events where run_id = ${runId} and type = 'run.queued'`;
	expect(queued).toMatchObject({ data: { ownCredentials: ["TOKEN"] } });
	await set(admin, "team's", false);
	expect(await own()).toEqual([]);
});

test("what a member has of their own does not count against the team's", async () => {
	const { operator, admin } = team.members;
	const ownerId = operator.actor.kind === "user" ? operator.actor.id : "";
	await database.sql`
		insert into credentials (id, team_id, name, owner_id, sealed)
		select 'own-' || n, ${team.id}, 'OWN_' || n, ${ownerId}, '' from generate_series(1, 1000) n`;
	await expect(set(operator, "operator's", true)).rejects.toThrow("A member has at most 1000 credentials of their own");
	await set(admin, "team's", false);
	expect(await read(admin)).toEqual({ TOKEN: "team's" });
});

test("whoever leaves the team or deletes their account takes theirs along, and live runs still hide the values", async () => {
	const { operator, editor } = team.members;
	await set(operator, "operator's", true);
	await set(editor, "editor's", true);
	await leaveTeam(operator, { team: "acme" });
	const id = editor.actor.kind === "user" ? editor.actor.id : "";
	const [account] = await database.sql<{ email: string }[]>`select email from users where id = ${id}`;
	await deleteAccount(editor, { email: account?.email ?? "" });
	expect(await database.sql`select 1 from credentials`).toHaveLength(0);
	expect([await known(operator), await known(editor)]).toEqual([["operator's"], ["editor's"]]);
});
