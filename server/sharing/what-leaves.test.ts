import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { runSteps, runs } from "@/db/schema/runs";
import { workflows, workflowVersions } from "@/db/schema/workflows";
import { addComment } from "@/server/comments/add-comment";
import { setCredential } from "@/server/credentials/set-credential";
import { hashPlan } from "@/server/plan/hash-plan";
import { planSchema } from "@/server/plan/plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { describeClone } from "./clone-shared";
import { createRunLink, createWorkflowLink } from "./create-link";
import { downloadFilm, visitFilm } from "./download-film";
import { previewLink } from "./preview-link";
import { previewWorkflowLink } from "./preview-workflow-link";
import type { Shows } from "./shows";
import { ask, readStream, visitorAt } from "./test-visit";
import { visitPicture } from "./visit-picture";

/** What is planted, and by which links it may be seen. No value contains another. */
const always = () => true;
const never = () => false;
const settings = (shows: Shows) => shows.settings;
const outputs = (shows: Shows) => shows.outputs;
const PLANTED: Record<string, (shows: Shows) => boolean> = {
	"Named step": always,
	"Tested by all": always,
	"Team acme": always,
	"planted-in-command": settings,
	"planted-in-default": settings,
	"planted-in-note": settings,
	"planted-in-input": (shows) => shows.inputs,
	"planted-in-long-input": (shows) => shows.inputs,
	"planted-in-payload": never,
	"planted-password": never,
	"planted-in-config": (shows) => shows.settings && shows.inputs && shows.outputs,
	"planted-in-output": outputs,
	"planted-in-run-output": outputs,
	"planted-in-failure": outputs,
	"planted-in-attempt": outputs,
	"planted-in-question": outputs,
	"planted-in-answer": outputs,
	"planted-in-label": outputs,
	"planted-in-comment": outputs,
	"planted-in-discussion": never,
	"planted-in-detail": (shows) => shows.outputs && shows.logs,
	"planted-in-reason": never,
	"planted-in-log": (shows) => shows.logs,
	"planted-in-token": never,
	"planted-in-field": never,
	"planted-approver": never,
	"planted-in-credential": never,
	PLANTED_CREDENTIAL: never,
	"Another workflow": never,
	"planted-in-description": never,
	"acme owner": never,
	"acme%20owner": never,
	"owner@acme.example": never,
	"somebody@private.example": never,
	"sk-live-planted-key-0123456789": never,
	"10.20.30.40": never,
	"For the auditors": never,
	"link-password": never,
	scrypt$: never,
};

/** Longer than the name of an item may be. */
const LONG = "planted-in-long-input and some more words";

const CHOICES: Shows[] = Array.from({ length: 16 }, (_, n) => ({
	settings: (n & 1) > 0,
	inputs: (n & 2) > 0,
	outputs: (n & 4) > 0,
	logs: (n & 8) > 0,
}));

const { database, team } = await setUpTestTeam();
let run: { runId: string; workflowId: string; slug: string; planHash: string };
beforeAll(async () => {
	run = await plantRun();
});

describe.each(CHOICES)("a link that shows %j", (shows) => {
	test("sends what it shows and nothing else, in every answer and in the stream", async () => {
		const { id, token } = await createRunLink(team.members.owner, {
			...{ team: "acme", runId: run.runId, name: "For the auditors", shows, hours: 1 },
		});
		const sent = await readEverything(token);
		const seen = Object.keys(PLANTED).filter((value) => sent.includes(value));
		const shown = Object.entries(PLANTED).filter(([, isShown]) => isShown(shows));
		expect(seen).toEqual(shown.map(([value]) => value));
		for (const inner of [team.id, run.runId, run.workflowId, id]) expect(sent).not.toContain(inner);
	});

	test("is what a film of the run has in it, and nothing else", async () => {
		const film = await downloadFilm(team.members.owner, { team: "acme", runId: run.runId, ...shows });
		const sent = JSON.stringify(film);
		const seen = Object.keys(PLANTED).filter((value) => sent.includes(value));
		const shown = Object.entries(PLANTED).filter(([, isShown]) => isShown(shows));
		expect(seen).toEqual(shown.map(([value]) => value));
		for (const inner of [team.id, run.runId, run.workflowId]) expect(sent).not.toContain(inner);
	});

	test("previews just the values that it sends", async () => {
		const preview = JSON.stringify(await previewLink(team.members.owner, { team: "acme", runId: run.runId, shows }));
		const values = Object.entries(PLANTED).filter(([, isShown]) => isShown !== always);
		const seen = values.filter(([value]) => preview.includes(value));
		expect(seen.map(([value]) => value)).toEqual(
			values.filter(([, isShown]) => isShown(shows)).map(([value]) => value),
		);
	});
});

describe.each([true, false])("a link of a workflow, with settings: %j", (shown) => {
	test("sends what is published without keys and nothing else, and previews just that", async () => {
		const version = { workflowId: run.workflowId, teamId: team.id, version: 1, planHash: run.planHash };
		await database.db
			.insert(workflowVersions)
			.values({ ...version, note: "planted-in-reason" })
			.onConflictDoNothing();
		await database.db.update(workflows).set({ currentVersion: 1 }).where(eq(workflows.id, run.workflowId));
		const of = { team: "acme", slug: run.slug, settings: shown };
		const { id, token } = await createWorkflowLink(team.members.owner, { ...of, name: "For the auditors", hours: 1 });
		const visitor = visitorAt(database, "192.0.2.4");
		const paths = ["workflow", "events", "run", "step", "logs"];
		const answers = await Promise.all(paths.map((path) => ask(visitor, path, { token, nodeId: "work" })));
		const bodies = await Promise.all(answers.map((answer) => answer.text()));
		const stream = await ask(visitor, "watch", { token });
		const heads = [...answers, stream].flatMap(({ headers }) => [...headers].flat());
		const { title, team: by, plan } = (await visitPicture(visitor, token)) ?? {};
		const picture = JSON.stringify({ title, by, plan });
		const clone = JSON.stringify(await describeClone(visitor, { token }).catch((error: unknown) => String(error)));
		const sent = [...heads, ...bodies, await readStream(stream, '"version":1'), picture, clone].join("\n");
		const isSent = (value: string) => PLANTED[value] === always || (shown && PLANTED[value] === settings);
		expect(Object.keys(PLANTED).filter((value) => sent.includes(value))).toEqual(Object.keys(PLANTED).filter(isSent));
		for (const inner of [team.id, run.workflowId, id, run.slug]) expect(sent).not.toContain(inner);
		const preview = JSON.stringify(await previewWorkflowLink(team.members.owner, of));
		const previewed = Object.keys(PLANTED).filter((value) => PLANTED[value] !== always && preview.includes(value));
		expect(previewed).toEqual(Object.keys(PLANTED).filter((value) => isSent(value) && PLANTED[value] !== always));
	});
});

/** Every byte that the public procedures answer about the run. */
async function readEverything(token: string): Promise<string> {
	const visitor = visitorAt(database, "192.0.2.1");
	const places = ["work", "ask", "each"].map((nodeId) => ({ nodeId }));
	const answers = await Promise.all([
		ask(visitor, "run", { token }),
		ask(visitor, "events", { token, after: 0 }),
		...[...places, { nodeId: "work", iteration: "0" }].map((place) => ask(visitor, "step", { token, ...place })),
		...[...places, {}].map((place) => ask(visitor, "logs", { token, ...place, after: 0 })),
	]);
	const stream = await ask(visitor, "watch", { token });
	const heads = [...answers, stream].flatMap(({ headers }) => [...headers].flat());
	const bodies = await Promise.all(answers.map((answer) => answer.text()));
	const film = JSON.stringify(await visitFilm(visitor, { token }));
	return [...heads, ...bodies, await readStream(stream, "run.failed"), film].join("\n");
}

async function plantRun() {
	const plan = planSchema.parse({
		version: 1,
		inputs: [
			{ name: "who", type: "text", default: "planted-in-default" },
			{ name: "db_password", type: "text", default: "planted-password" },
		],
		nodes: [
			{
				id: "work",
				type: "shell",
				name: "Named step",
				config: { command: "planted-in-command sk-live-planted-key-0123456789" },
			},
			{
				id: "ask",
				type: "approval",
				name: "Ask",
				config: { message: "{{ steps.work.output.stdout }}", approvers: ["planted-approver"] },
			},
			{ id: "each", type: "for-each", name: "Each", config: { items: "{{ inputs.who }}" } },
		],
		notes: [{ id: "note", text: "planted-in-note", position: { x: 0, y: 0 } }],
	});
	const planted = await insertTestRun(database, team.id, { plan });
	const { db } = database;
	await db.update(workflows).set({ name: "Tested by all", description: "planted-in-description" });
	const other = await insertTestRun(database, team.id);
	await db.update(workflows).set({ name: "Another workflow" }).where(eq(workflows.id, other.workflowId));
	await setCredential(team.members.owner, {
		...{ team: "acme", name: "PLANTED_CREDENTIAL", type: "token", values: { token: "planted-in-credential" } },
	});
	await db
		.update(runs)
		.set({
			input: { who: "planted-in-input", rows: [LONG], password: "link-password", mail: "somebody@private.example" },
			payload: { body: "planted-in-payload" },
			output: "planted-in-run-output 10.20.30.40",
		})
		.where(eq(runs.id, planted.runId));
	await plantSteps(planted.runId);
	await plantEvents(planted.runId);
	await db.update(runs).set({ status: "failed", endedAt: new Date() }).where(eq(runs.id, planted.runId));
	for (const nodeId of [null, "work"]) {
		await addComment(team.members.owner, { team: "acme", runId: planted.runId, nodeId, text: "planted-in-discussion" });
	}
	await createRunLink(team.members.owner, {
		...{ team: "acme", runId: planted.runId, name: "For the auditors", hours: 1, password: "link-password" },
		shows: { settings: true, inputs: true, outputs: true, logs: true },
	});
	return { ...planted, planHash: hashPlan(plan) };
}

/** What a step puts out repeats what the run was started with. */
async function plantSteps(runId: string) {
	const step = { runId, status: "completed" as const, attempt: 1 };
	const output = {
		stdout: "planted-in-output of planted-in-input by acme owner, ?by=acme%20owner",
		token: "sk-live-planted-key-0123456789",
	};
	await database.db.insert(runSteps).values([
		{ ...step, nodeId: "work", input: { command: "planted-in-config planted-in-command" }, output },
		{ ...step, nodeId: "work", iteration: "0", input: { command: "planted-in-config" }, output },
		{ ...step, nodeId: "ask", output: { decision: "approved", by: "acme owner", at: "2026-01-01", values: {} } },
	]);
}

async function plantEvents(runId: string) {
	const actor = { kind: "user" as const, id: "somebody", name: "acme owner" };
	const error = { message: "planted-in-failure", detail: "planted-in-detail", code: "E" };
	const at = { nodeId: "work", iteration: "" };
	const fields = [{ name: "a", type: "text" as const, label: "planted-in-field", required: false }];
	const lines = [
		{ at: 1, level: "stdout" as const, text: "planted-in-log planted-in-input somebody@private.example acme owner" },
	];
	const wait = { for: "approval" as const, message: "planted-in-question", fields, approvers: ["planted-approver"] };
	await appendEvents(database.sql, runId, [
		{ type: "run.queued", data: { actor, trigger: "manual", ownCredentials: ["PLANTED_CREDENTIAL"] } },
		{ type: "run.started", data: {} },
		{ type: "run.paused", data: { actor } },
		{ type: "run.resumed", data: { actor } },
		{ type: "step.started", ...at, data: { attempt: 1, maxAttempts: 2 } },
		{ type: "step.log", ...at, data: { lines } },
		{ type: "step.token", ...at, data: { text: "planted-in-token" } },
		{ type: "step.retrying", ...at, data: { attempt: 1, error: { message: "planted-in-attempt" }, retryAt: 1 } },
		{ type: "step.comment", ...at, data: { text: "planted-in-comment acme owner" } },
		{ type: "step.waiting", nodeId: "ask", data: wait },
		{ type: "step.decided", nodeId: "ask", data: { decision: "approved", actor, values: { a: "planted-in-answer" } } },
		{ type: "step.iterated", nodeId: "each", data: { index: 0, total: 1, label: `${LONG.slice(0, 39)}…` } },
		{ type: "step.iterated", nodeId: "each", data: { index: 0, total: 1, label: "planted-in-label" } },
		{ type: "step.failed", ...at, data: { attempt: 2, error, timedOut: false } },
		{ type: "run.cancelled", data: { actor, reason: "planted-in-reason" } },
		{ type: "run.failed", data: { error, nodeId: "work" } },
	]);
}
