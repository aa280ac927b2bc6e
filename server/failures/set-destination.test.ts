import { beforeEach, describe, expect, test } from "vitest";
import { listCredentials } from "@/server/credentials/list-credentials";
import { setCredential } from "@/server/credentials/set-credential";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { duplicateWorkflow } from "@/server/workflows/duplicate-workflow";
import { exportWorkflow } from "@/server/workflows/export-workflow";
import { listDestinations } from "./list-destinations";
import { removeDestination, setDestination, setDestinationInput } from "./set-destination";
import { setFailureRule } from "./set-failure-rule";
import { testDestination } from "./test-destination";
import { createFailingWorkflow } from "./test-failures";

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");
const { owner, admin, editor, operator, viewer } = team.members;
const HOOK = { type: "webhook", fields: { url: "https://hooks.example.com/T0/s3cr3t", secret: "HOOK" } };
const set = { team: "acme", type: "token", values: { token: "value" } } as const;
await setCredential(owner, { ...set, name: "HOOK" });
await setCredential(editor, { ...set, name: "MINE", personal: true });
await setCredential(rivals.members.owner, { ...set, team: "rivals", name: "THEIRS" });
const { slug, workflowId } = await createFailingWorkflow(database, team.id);

beforeEach(async () => {
	await database.sql`delete from failure_destinations`;
});

const add = (type: string, fields: Record<string, string>) =>
	setDestination(admin, setDestinationInput.parse({ team: "acme", type, fields }));

describe("a destination", () => {
	test.each([
		["slack", { channel: "#a" }, "Choose a credential"],
		["slack", { token: "NONE" }, "no credential “NONE”"],
		["slack", { token: "MINE" }, "no credential “MINE”"],
		["slack", { token: "THEIRS" }, "no credential “THEIRS”"],
		["email", { to: "ops@acme.example", server: "HOOK" }, "of another type"],
		["email", { to: "not an address" }, "Enter e-mail addresses"],
		["email", {}, "Enter"],
		["email", { to: "{{ inputs.to }}" }, "can hold no reference"],
		["webhook", { url: "ftp://a.example" }, "starts with https://"],
		["webhook", { url: "https://a.example", event: "mine" }, "has no “event”"],
		["shell", { command: "rm -r /" }, "no such kind"],
		["__proto__", {}, "no such kind"],
		["inbox", { to: "everybody" }, "Choose who is told"],
		["inbox", { to: rivals.members.owner.userId }, "Choose who is told"],
	])("%s with %j is refused", async (type, fields, message) => {
		await expect(add(type, fields)).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringContaining(message),
		});
	});

	test("is shown to everybody in the team, its address whole to those alone who may change it", async () => {
		const { id } = await add(HOOK.type, { ...HOOK.fields });
		const shown = { id, name: "Webhook", detail: "https://hooks.example.com/…", credentials: ["HOOK"], last: null };
		const [forAdmin, forViewer] = await Promise.all(
			[admin, viewer].map((by) => listDestinations(by, { team: "acme" })),
		);
		expect(forAdmin?.destinations).toMatchObject([{ ...shown, fields: HOOK.fields }]);
		expect(forViewer).toMatchObject({ destinations: [{ ...shown, fields: null }], kinds: [], credentials: [] });
		expect(JSON.stringify(await listDestinations(editor, { team: "acme", slug }))).not.toContain("s3cr3t");
	});

	test("is named where the credential that it reads is listed", async () => {
		await add(HOOK.type, { ...HOOK.fields });
		const { credentials } = await listCredentials(admin, { team: "acme" });
		expect(credentials.map(({ name, tellsFailures }) => [name, tellsFailures])).toEqual([["HOOK", true]]);
	});

	test("is changed in its place, and its address stands in no audit entry", async () => {
		const { id } = await add(HOOK.type, { ...HOOK.fields });
		await setDestination(owner, { team: "acme", id, type: "inbox", fields: { to: editor.userId } });
		await removeDestination(admin, { team: "acme", id });
		const entries = await database.sql`
			select action, before, after from audit_log where action like 'failure-destination.%' order by id desc limit 3`;
		const hook = { type: "Webhook", to: "https://hooks.example.com/…", credentials: ["HOOK"] };
		const inbox = { type: "Inbox", to: editor.userId, credentials: [] };
		expect(entries).toEqual([
			{ action: "failure-destination.removed", before: inbox, after: null },
			{ action: "failure-destination.set", before: hook, after: inbox },
			{ action: "failure-destination.set", before: null, after: hook },
		]);
		await expect(removeDestination(admin, { team: "acme", id })).rejects.toMatchObject({ code: "not_found" });
	});

	test("is one of twenty at most, however many are added at once", async () => {
		const added = await Promise.allSettled(Array.from({ length: 25 }, () => add("inbox", { to: "owner" })));
		expect(added.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
	});
});

describe("of a workflow", () => {
	const at = { team: "acme", slug };

	test("editors change them, and not those of the team by its name", async () => {
		const own = await setDestination(editor, { ...at, ...HOOK });
		const ofTeam = await add("inbox", { to: "owner" });
		for (const change of [
			() => removeDestination(editor, { ...at, id: ofTeam.id }),
			() => testDestination(editor, { ...at, id: ofTeam.id }),
			() => setDestination(editor, { ...at, ...HOOK, id: ofTeam.id }),
			() => removeDestination(admin, { team: "acme", id: own.id }),
			() => removeDestination(rivals.members.owner, { team: "rivals", id: ofTeam.id }),
		])
			await expect(change()).rejects.toMatchObject({ code: "not_found" });
		await expect(setDestination(operator, { ...at, ...HOOK })).rejects.toMatchObject({ code: "forbidden" });
		await expect(removeDestination(editor, { team: "acme", id: ofTeam.id })).rejects.toMatchObject({
			code: "forbidden",
		});
		await expect(listDestinations(editor, at)).resolves.toMatchObject({
			destinations: [{ id: own.id }],
			ofTeam: [{ id: ofTeam.id, detail: "Owners", fields: null }],
		});
		await removeDestination(editor, { ...at, id: own.id });
	});

	test("neither a copy nor its file has them, nor who is told", async () => {
		await setDestination(editor, { ...at, ...HOOK });
		await setFailureRule(editor, { ...at, rule: "also" });
		const copy = await duplicateWorkflow(editor, at);
		expect(await listDestinations(editor, { team: "acme", slug: copy.slug })).toMatchObject({
			rule: "team",
			destinations: [],
		});
		expect(JSON.stringify(await exportWorkflow(editor, at))).not.toMatch(/hooks\.example|also/);
	});

	test("who is told is in the audit log", async () => {
		await setFailureRule(editor, { ...at, rule: "nobody" });
		const [entry] = await database.sql`
			select target_id as target, before, after from audit_log
			where action = 'workflow.failure_rule_changed' order by id desc limit 1`;
		expect(entry).toEqual({ target: workflowId, before: { rule: "also" }, after: { rule: "nobody" } });
	});
});
