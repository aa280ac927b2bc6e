import { createHmac } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { setCredential } from "@/server/credentials/set-credential";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { startTestServer } from "@/server/http/test-server";
import { step, testPlan } from "@/server/plan/test-plan";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { receiveInteraction } from "@/server/slack-approvals/receive-interaction";
import { tendSlackApprovals } from "@/server/slack-approvals/tend-slack-approvals";
import { createTestTeam, TEST_SECRET } from "@/server/teams/test-team";
import { readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

vi.stubEnv("WEFT_SECRET", TEST_SECRET);
// The worker's own chore posts nothing here: each test does, when it wants to.
vi.mock("@/server/slack-approvals/tend-slack-approvals", async (original) => {
	const { tendSlackApprovals: tend } = await original<typeof import("@/server/slack-approvals/tend-slack-approvals")>();
	return {
		tendSlackApprovals: async (...[database, fetch]: Parameters<typeof tend>) => fetch && tend(database, fetch),
	};
});

const { database } = await setUpWorker({ secrets: "stored" });
const acme = await createTestTeam(database, "acme");
const rivals = await createTestTeam(database, "rivals");
const SECRET = "0123456789abcdef0123456789abcdef";
const RIVAL_SECRET = "fedcba9876543210fedcba9876543210";
const app = (token: string, signingSecret: string) => ({
	name: "SLACK",
	type: "slack" as const,
	values: { token, signingSecret },
});
await setCredential(acme.members.owner, { team: "acme", ...app("xoxb-acme", SECRET) });
await setCredential(rivals.members.owner, { team: "rivals", ...app("xoxb-rivals", RIVAL_SECRET) });

interface Call {
	method: string;
	token: string;
	fields: Record<string, string>;
}
let calls: Call[] = [];
let refusals: Record<string, string> = {};
/** Slack's people, as `users.info` tells them. */
const people: Record<string, object> = {
	U0OPERATOR: profile("operator@acme.example"),
	U0VIEWER: profile("viewer@acme.example"),
	U0FOREIGN: { ...profile("owner@acme.example"), team_id: "T0OTHERS" },
	U0UNSURE: { ...profile("owner@acme.example"), is_email_confirmed: false },
	U0STRANGER: profile("who@elsewhere.example"),
};

function profile(email: string) {
	return { team_id: "T0ACME", real_name: email.split("@")[0], is_email_confirmed: true, profile: { email } };
}

const asMessage = ({ metadata = "" }: Record<string, string>, index: number) => ({
	...{ type: "message", ts: `1600.${index}`, metadata: JSON.parse(metadata) },
});

/** Speaks Slack's Web API as far as approvals need it. */
const slack = await startTestServer(({ url = "", headers }, response) => {
	const fields = Object.fromEntries(new URLSearchParams(slack.requests.at(-1)?.body));
	const method = url.split("/").at(-1) ?? "";
	calls.push({ method, token: headers.authorization ?? "", fields });
	const answers: Record<string, object> = {
		"auth.test": { team_id: "T0ACME" },
		"users.info": { user: people[fields.user ?? ""] },
		"chat.postMessage": { channel: "C0RELEASES", ts: `1700.${calls.length}` },
		"conversations.history": { messages: called("chat.postMessage").map(asMessage) },
	};
	const refusal = refusals[method];
	const body = refusal === undefined ? { ok: true, ...answers[method] } : { ok: false, error: refusal };
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
});
const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const fetch: OutboundFetch = (url, init) => outbound(url.replace("https://slack.com", slack.origin), init);

afterAll(async () => {
	vi.unstubAllEnvs();
	await slack.close();
});
beforeEach(() => {
	[calls, refusals] = [[], {}];
});

const tend = () => tendSlackApprovals(database, fetch);
const called = (method: string) => calls.filter((call) => call.method === method).map(({ fields }) => fields);
const shown = (fields: Record<string, string> | undefined) => fields?.blocks ?? "";

/** A run whose approval waits, and is asked in Slack. */
async function ask(config: object = {}, teamId = acme.id) {
	const slackStep = { message: "Ship it?", slack: "{{ secrets.SLACK }}", slackChannel: "#releases", ...config };
	const runId = await startPlan(database, testPlan([step("ship", "approval", slackStep)]), { teamId });
	await untilRun(database, runId, ({ steps }) => steps.ship?.phase.status === "waiting");
	await Promise.all([tend(), tend()]);
	const [row] = await database.sql<{ id: string; ts: string }[]>`
		select id, ts from slack_approvals where run_id = ${runId}`;
	return { runId, id: row?.id ?? "", ts: row?.ts ?? "" };
}

interface Sent {
	secret?: string;
	at?: number;
	/** What is sent in the place of what was signed. */
	swapped?: object;
}

function request(payload: object, { secret = SECRET, at = Date.now(), swapped = payload }: Sent = {}) {
	const time = Math.floor(at / 1_000);
	const bodyOf = (content: object) => new URLSearchParams({ payload: JSON.stringify(content) }).toString();
	const signature = createHmac("sha256", secret)
		.update(`v0:${time}:${bodyOf(payload)}`)
		.digest("hex");
	const headers = {
		"content-type": "application/x-www-form-urlencoded",
		"x-slack-request-timestamp": String(time),
		"x-slack-signature": `v0=${signature}`,
	};
	return new Request("http://localhost/api/slack/interactions", { method: "POST", headers, body: bodyOf(swapped) });
}

/** Sends a request as Slack does. What is left for later is done before this returns. */
async function deliver(sent: Request) {
	const work: (() => Promise<void>)[] = [];
	const response = await receiveInteraction(database, sent, { fetch, later: (one) => void work.push(one) });
	const text = await response.text();
	for (const one of work) await one();
	return { status: response.status, answer: text === "" ? undefined : text, later: work.length };
}

let clicks = 0;
function click({ id, ts }: { id: string; ts: string }, user = "U0OPERATOR", action = "weft.approve") {
	clicks += 1;
	return {
		type: "block_actions",
		user: { id: user, username: user.toLowerCase(), team_id: "T0ACME" },
		trigger_id: `trigger.${clicks}`,
		container: { type: "message", channel_id: "C0RELEASES", message_ts: ts },
		actions: [{ action_id: action, block_id: "x", type: "button", value: id, action_ts: String(clicks) }],
	};
}

async function decisionOf(runId: string) {
	const decided = (await readEvents(database, runId)).filter(({ type }) => type === "step.decided");
	return decided.map(({ data }) => data);
}

describe("an approval in Slack", () => {
	test("is asked once, with its question as plain text and a button for each decision", async () => {
		const { id } = await ask({ message: "Ship <!channel> *now*?" });
		expect(called("chat.postMessage")).toEqual([expect.objectContaining({ channel: "#releases" })]);
		expect(calls[0]?.token).toBe("Bearer xoxb-acme");
		const blocks = JSON.parse(shown(called("chat.postMessage")[0]));
		expect(blocks[1].text).toEqual({ type: "plain_text", text: "Ship <!channel> *now*?", emoji: false });
		expect(blocks[2].elements).toMatchObject([
			{ action_id: "weft.approve", value: id },
			{ action_id: "weft.decline", value: id },
		]);
	});

	test("is decided by the first of several clicks, and then has no buttons", async () => {
		const asked = await ask();
		const answers = await Promise.all([
			deliver(request(click(asked))),
			deliver(request(click(asked, "U0OPERATOR", "weft.decline"))),
			deliver(request(click(asked))),
		]);
		expect(answers.map(({ status, answer }) => [status, answer])).toEqual(Array(3).fill([200, undefined]));
		expect(await decisionOf(asked.runId)).toHaveLength(1);
		expect(called("chat.postEphemeral")).toHaveLength(2);
		const update = called("chat.update").at(-1);
		expect(update).toMatchObject({ channel: "C0RELEASES", ts: asked.ts });
		expect(shown(update)).toContain("by <@U0OPERATOR>");
		expect(shown(update)).not.toContain("button");
		await untilRun(database, asked.runId);
		expect(await readOutput(database, asked.runId, "ship")).toMatchObject({ by: "operator (Slack)" });
		const audit = await database.sql`
			select actor from audit_log where target_id = ${asked.runId} and action like 'approval.%'`;
		expect(audit).toEqual([{ actor: { kind: "slack", id: "U0OPERATOR", name: "operator (Slack)" } }]);
	});

	test("is answered by those whom it names by their id, and by members whom it asks, as Slack vouches for them", async () => {
		const asked = await ask({ approvers: ["operator"], slackPeople: ["U0GUEST"] });
		for (const user of ["U0VIEWER", "U0STRANGER", "U0FOREIGN", "U0UNSURE", "U0NOBODY"]) {
			expect(await deliver(request(click(asked, user)))).toMatchObject({ status: 200 });
			expect(called("chat.postEphemeral").at(-1)).toMatchObject({ user, channel: "C0RELEASES" });
		}
		expect(await decisionOf(asked.runId)).toEqual([]);
		await deliver(request(click(asked, "U0GUEST")));
		expect(await decisionOf(asked.runId)).toMatchObject([{ actor: { id: "U0GUEST", name: "u0guest (Slack)" } }]);
	});

	test("says what its app lacks when Slack does not tell who clicks", async () => {
		const asked = await ask();
		refusals = { "users.info": "missing_scope" };
		await deliver(request(click(asked)));
		expect(called("chat.postEphemeral")[0]?.text).toContain("users:read.email");
	});

	test("with a form opens it, says what is wrong beside its fields, and takes its answers", async () => {
		const fields = [
			{ name: "note", type: "text", required: true },
			{ name: "rings", type: "multiselect", options: ["a", "b".repeat(150)] },
			{ name: "count", type: "number", max: 5 },
			{ name: "force", type: "boolean" },
		];
		const asked = await ask({ fields });
		await deliver(request(click(asked)));
		expect(await decisionOf(asked.runId)).toEqual([]);
		const [opened] = called("views.open");
		const view = JSON.parse(opened?.view ?? "");
		expect(view.blocks.map(({ optional }: { optional?: boolean }) => optional)).toEqual([
			undefined,
			false,
			true,
			true,
			true,
		]);
		const send = (values: object) => {
			clicks += 1;
			const sent = { type: "view_submission", user: { id: "U0OPERATOR" }, trigger_id: `trigger.${clicks}` };
			return deliver(request({ ...sent, view: { ...view, state: { values } } }));
		};
		const entered = {
			"field.0": { answer: { type: "plain_text_input", value: "go" } },
			"field.1": { answer: { type: "multi_static_select", selected_options: [{ value: "1" }] } },
			"field.2": { answer: { type: "number_input", value: "7" } },
			"field.3": { answer: { type: "checkboxes", selected_options: [{ value: "yes" }] } },
		};
		const wrong = await send(entered);
		expect(JSON.parse(wrong.answer ?? "")).toEqual({
			response_action: "errors",
			errors: { "field.2": "count must be at most 5." },
		});
		const sent = await send({ ...entered, "field.2": { answer: { type: "number_input", value: "5" } } });
		expect(JSON.parse(sent.answer ?? "")).toEqual({ response_action: "clear" });
		expect(await decisionOf(asked.runId)).toMatchObject([
			{ decision: "approved", values: { note: "go", rings: ["b".repeat(150)], count: 5, force: true } },
		]);
		expect(shown(called("chat.update").at(-1))).toContain("<@U0OPERATOR>");
		const late = await send(entered);
		expect(JSON.parse(late.answer ?? "")).toMatchObject({ response_action: "errors" });
	});

	test.each(["in Weft", "by cancelling its run"])("loses its buttons when it ends %s", async (where) => {
		const asked = await ask();
		const { operator } = acme.members;
		const at = { team: "acme", runId: asked.runId };
		if (where === "in Weft")
			await decideApproval(operator, { ...at, nodeId: "ship", iteration: "", decision: "declined", values: {} });
		else await cancelRun(operator, at);
		const clicked = await deliver(request(click(asked)));
		expect(clicked.status).toBe(200);
		await tend();
		await tend();
		const texts = called("chat.update").map(shown);
		expect(
			texts.every((text) =>
				text.includes(where === "in Weft" ? "*Declined* by acme operator in Weft" : "was cancelled"),
			),
		).toBe(true);
		expect(called("chat.postEphemeral")[0]?.text).toContain("decided already");
		const open = await database.sql`select 1 from slack_approvals where id = ${asked.id} and closed_at is null`;
		expect(open).toHaveLength(0);
	});

	test("believes nothing that its team’s app has not just signed, once", async () => {
		const asked = await ask();
		const good = click(asked);
		const swapped = click(asked, "U0OPERATOR", "weft.decline");
		const before = Date.now() - 301_000;
		const refused = [
			request(good, { secret: "0".repeat(32) }),
			request(good, { secret: RIVAL_SECRET }),
			request(good, { at: before }),
			request(good, { swapped }),
		];
		for (const one of refused) expect(await deliver(one)).toMatchObject({ status: 401, later: 0 });
		const unknown = [request(click({ ...asked, id: newId() })), request({ type: "block_actions" }), request([])];
		for (const one of unknown) expect(await deliver(one)).toMatchObject({ status: 404, later: 0 });
		expect(await decisionOf(asked.runId)).toEqual([]);
		const copy = request(click(asked, "U0VIEWER"));
		expect((await deliver(copy.clone())).status).toBe(200);
		expect(await deliver(copy)).toMatchObject({ status: 401, answer: "It was sent before." });
	});

	test("is asked by the team’s app alone, whatever a member has of their own", async () => {
		const own = { ...app("xoxb-own", RIVAL_SECRET), personal: true };
		await setCredential(acme.members.operator, { team: "acme", ...own });
		const asked = await ask();
		expect(new Set(calls.map(({ token }) => token))).toEqual(new Set(["Bearer xoxb-acme"]));
		expect(await deliver(request(click(asked), { secret: RIVAL_SECRET }))).toMatchObject({ status: 401 });
	});

	test.each([
		["channel_not_found", { slackChannel: "#nowhere" }, "Slack knows no such channel"],
		["invalid_auth", {}, "begins with xoxb-"],
	])("that Slack refuses (%s) is said on the run", async (error, config, said) => {
		refusals = { [error === "invalid_auth" ? "auth.test" : "chat.postMessage"]: error };
		const { runId } = await ask(config);
		const logs = (await readEvents(database, runId)).filter(({ type }) => type === "step.log");
		expect(JSON.stringify(logs)).toContain(said);
		await tend();
		expect(called("chat.postMessage").length).toBeLessThanOrEqual(1);
	});

	test("is posted once though Slack’s answer was lost, where the bot may read the channel", async () => {
		refusals = { "chat.postMessage": "service_unavailable" };
		const { runId } = await ask({ slackChannel: "C0RELEASES" });
		refusals = {};
		await database.sql`update slack_approvals set due_at = now() where run_id = ${runId}`;
		await tend();
		expect(called("chat.postMessage")).toHaveLength(1);
		expect(await database.sql`select ts from slack_approvals where run_id = ${runId}`).toEqual([{ ts: "1600.0" }]);
	});

	test("shows no secret, and needs a credential and a channel", async () => {
		for (const [config, said] of [
			[{ message: "{{ secrets.SLACK }}" }, "A secret cannot be used"],
			[{ slack: "xoxb-written-here" }, "Choose a Slack app"],
			[{ slackChannel: "" }, "Enter the channel"],
		] as const) {
			const slackStep = { message: "Ship it?", slack: "{{ secrets.SLACK }}", slackChannel: "#releases", ...config };
			const plan = testPlan([step("ship", "approval", slackStep)]);
			const runId = await startPlan(database, plan, { teamId: acme.id });
			await untilRun(database, runId);
			expect(JSON.stringify(await readEvents(database, runId))).toContain(said);
		}
	});
});
