import { Webhook } from "standardwebhooks";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { setCredential } from "@/server/credentials/set-credential";
import { startTestServer } from "@/server/http/test-server";
import { startTestMailServer } from "@/server/mail/test-mail-server";
import { listInbox, listInboxInput } from "@/server/notifications/list-inbox";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { listDestinations } from "./list-destinations";
import { sendNotices } from "./send-notices";
import { setDestination } from "./set-destination";
import { testDestination } from "./test-destination";
import { createFailingWorkflow, testNoticeServices } from "./test-failures";

const mails = await startTestMailServer();
const { database, team } = await setUpTestTeam({
	AUTH_URL: "https://weft.example.com",
	SMTP_URL: mails.url,
	MAIL_FROM: "Weft <weft@example.com>",
});
const { sql } = database;
const { owner, admin, editor, viewer } = team.members;

/** What the far side answers, one after the other; then 200. */
let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
const server = await startTestServer(({ url }, response) => {
	const { status, headers = {}, body } = answers.shift() ?? { status: 200 };
	const isSlack = url?.startsWith("/api/") === true;
	response.writeHead(status, headers).end(body ?? (isSlack ? SLACK_TOOK_IT : "ok"));
});
const SLACK_TOOK_IT = JSON.stringify({ ok: true, channel: "C01", ts: "1700.1", messages: [] });
afterAll(async () => {
	await Promise.all([server.close(), mails.close()]);
});

const services = testNoticeServices(database, server.origin);
const SECRET = `whsec_${Buffer.from("a secret of twenty-four bytes").toString("base64")}`;
await setCredential(owner, { team: "acme", name: "HOOK", type: "token", values: { token: SECRET } });
await setCredential(owner, { team: "acme", name: "BOT", type: "token", values: { token: "xoxb-12345678" } });
await setCredential(owner, {
	...{ team: "acme", name: "CHANNEL", type: "token" as const },
	values: { token: `${server.origin}/teams?sig=s3cr3t-of-the-channel` },
});

let workflow: Awaited<ReturnType<typeof createFailingWorkflow>>;
beforeEach(async () => {
	for (const table of ["failure_destinations", "notifications", "notification_switches", "rate_limits"])
		await sql`delete from ${sql(table)}`;
	[answers, server.requests.length, mails.mails.length] = [[], 0, 0];
	workflow = await createFailingWorkflow(database, team.id);
	await sql`update workflows set name = 'Nightly <report>' where id = ${workflow.workflowId}`;
});

const tellWebhook = () =>
	setDestination(admin, { team: "acme", type: "webhook", fields: { url: `${server.origin}/hook`, secret: "HOOK" } });
const send = () => sendNotices(database, services);
/** As if the time of every wait had come. */
const sendLater = async () => {
	await sql`update failure_notices set send_at = now() where send_at is not null`;
	await send();
};
const inboxOf = async (member: typeof owner) =>
	(await listInbox(member, listInboxInput.parse({}))).items.map(({ sentence, excerpt }) => [sentence, excerpt]);
const states = () =>
	sql`select change, tries, problem, sent_at is not null as "isSent", failed_at is not null as "isGivenUp",
		round(extract(epoch from send_at - now())) as wait from failure_notices order by seq`;

test("a webhook is signed, and tells the workflow, the run, the step and why", async () => {
	await tellWebhook();
	await workflow.fail("curl: (22) 503, token=abcdefghij for ops@acme.example");
	await send();
	const [request] = server.requests;
	const headers = Object.fromEntries(
		Object.entries(request?.headers ?? {}).map(([key, value]) => [key, String(value)]),
	);
	expect(new Webhook(SECRET).verify(request?.body ?? "", headers)).toMatchObject({
		type: "workflow.failed",
		data: {
			workflow: { slug: workflow.slug, name: "Nightly <report>" },
			run: { number: 2, url: `https://weft.example.com/acme/workflows/${workflow.slug}/runs/2` },
			step: "Build it",
			error: expect.stringMatching(/^curl: \(22\) 503, token=\S+ for \S+$/),
		},
	});
	expect(request?.body).not.toMatch(/abcdefghij|ops@acme/);
	await workflow.fail();
	await workflow.complete();
	await send();
	const told = server.requests.map(({ body }) => JSON.parse(body));
	expect(told.map(({ type, data }) => [type, data.failures])).toEqual([
		["workflow.failed", 1],
		["workflow.recovered", 2],
	]);
});

test("Slack gets a message without mentions, and one whose answer was lost is not posted again", async () => {
	await setDestination(admin, { team: "acme", type: "slack", fields: { token: "BOT", channel: "C01" } });
	await workflow.fail("<!channel> wake up");
	answers = [{ status: 503, headers: { "retry-after": "120" } }];
	await send();
	expect(await states()).toMatchObject([{ isSent: false, problem: expect.stringContaining("503"), wait: "120" }]);
	const posted = new URLSearchParams(server.requests[0]?.body);
	expect(posted.get("text")).toBe(
		[
			"*Nightly &lt;report&gt; failed*",
			"Run 2 failed at “Build it”. Further failures are not told until it works again.",
			"> &lt;!channel&gt; wake up",
			`<https://weft.example.com/acme/workflows/${workflow.slug}/runs/2|Open run 2>`,
		].join("\n"),
	);
	const metadata = JSON.parse(posted.get("metadata") ?? "");
	answers = [{ status: 200, body: JSON.stringify({ ok: true, messages: [{ ts: "1700.1", metadata }] }) }];
	await sendLater();
	expect(server.requests.map(({ path }) => path)).toEqual([
		"/api/chat.postMessage",
		"/api/conversations.history",
		"/api/conversations.replies",
		"/api/chat.getPermalink",
	]);
	expect(await states()).toMatchObject([{ isSent: true, tries: 2, problem: null }]);
});

test("Teams gets a card", async () => {
	await setDestination(admin, { team: "acme", type: "teams", fields: { url: "CHANNEL" } });
	await workflow.fail("[click](https://evil.example)");
	await send();
	const { content } = JSON.parse(server.requests[0]?.body ?? "").attachments[0];
	expect(content.body.map(({ text }: { text: string }) => text)).toEqual([
		"Nightly <report> failed",
		expect.stringContaining("\\[click\\](https://evil.example)"),
	]);
	expect(content.actions).toMatchObject([{ title: "Open run 2" }]);
});

test("this server mails to verified members of the team, and to nobody else", async () => {
	await sql`update users set email_verified = now() where email = 'editor@acme.example'`;
	await setDestination(admin, { team: "acme", type: "email", fields: { to: "editor@acme.example" } });
	await setDestination(admin, { team: "acme", type: "email", fields: { to: "stranger@example.com" } });
	await workflow.fail();
	await send();
	expect(mails.mails.map(({ to }) => to)).toEqual([["editor@acme.example"]]);
	expect(mails.mails[0]?.text).toMatch(/Subject: Nightly <report> failed.*Run 2 failed.*runs\/2/s);
	expect(await states()).toMatchObject([
		{ isSent: true },
		{ isGivenUp: true, problem: expect.stringContaining("stranger@example.com is not the verified address") },
	]);
});

describe("members", () => {
	test("of a role and those above are told by their inbox, and of the recovery", async () => {
		await setDestination(admin, { team: "acme", type: "inbox", fields: { to: "editor" } });
		await workflow.fail("No space left.");
		await workflow.fail();
		await send();
		await workflow.complete();
		await send();
		await send();
		expect(await inboxOf(editor)).toEqual([
			["Nightly <report> works again after 2 failed runs", "It was down for 1 s."],
			["Nightly <report> fails: run 2", "No space left."],
		]);
		expect([await inboxOf(owner), await inboxOf(admin)]).toMatchObject([{ length: 2 }, { length: 2 }]);
		expect(await inboxOf(viewer)).toEqual([]);
	});

	test("who know already that the run has failed are not told again", async () => {
		await setDestination(admin, { team: "acme", type: "inbox", fields: { to: editor.userId } });
		const runId = await workflow.begin();
		await sql`update runs set actor = ${sql.json({ ...editor.actor })} where id = ${runId}`;
		await workflow.failRun(runId);
		await send();
		expect(await inboxOf(editor)).toEqual([["Run 2 of Nightly <report> failed", "Exit code 1."]]);
	});
});

describe("what could not be sent", () => {
	test("is tried again later and later under the same id, as the far side asks, for a day", async () => {
		await tellWebhook();
		await workflow.fail();
		answers = [{ status: 500 }, { status: 500 }, { status: 429, headers: { "retry-after": "3600" } }, { status: 500 }];
		const waits: unknown[] = [];
		for (const turn of [send, sendLater, sendLater]) {
			await turn();
			waits.push((await states())[0]?.wait);
		}
		expect(waits).toEqual(["15", "30", "3600"]);
		const [shown] = (await listDestinations(viewer, { team: "acme" })).destinations;
		const problem = expect.stringMatching(/^POST \S+\/… answered 429/);
		expect(shown?.last).toEqual({ at: expect.any(Date), problem, isGivenUp: false });
		expect(new Set(server.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
		await sql`update failure_notices set created_at = now() - interval '25 hours'`;
		await sendLater();
		expect(await states()).toMatchObject([{ isGivenUp: true, tries: 4 }]);
		await sendLater();
		expect(server.requests).toHaveLength(4);
	});

	test("is told to whoever has set it up, and its recovery is not sent there", async () => {
		await tellWebhook();
		await workflow.fail();
		answers = [{ status: 410, body: `gone, ${SECRET}` }];
		await send();
		const [[sentence, excerpt] = []] = await inboxOf(admin);
		expect(sentence).toBe(`Webhook (${server.origin}/…) could not be told of Nightly <report>`);
		expect(excerpt).toMatch(/^POST \S+\/… answered 410 Gone: gone, /);
		expect(excerpt).not.toContain("whsec_");
		expect(await inboxOf(owner)).toEqual([]);
		await workflow.complete();
		await send();
		expect(server.requests).toHaveLength(1);
	});

	test("keeps the recovery waiting, so that they come in their order", async () => {
		await tellWebhook();
		await workflow.fail();
		answers = [{ status: 503 }];
		await send();
		await workflow.complete();
		await send();
		expect(server.requests).toHaveLength(1);
		await sendLater();
		await sendLater();
		expect(server.requests.map(({ body }) => JSON.parse(body).type)).toEqual([
			"workflow.failed",
			"workflow.failed",
			"workflow.recovered",
		]);
	});

	test("since its credential is gone says so", async () => {
		await tellWebhook();
		await workflow.fail();
		await sql`update failure_destinations set fields = fields || '{"secret": "GONE"}'`;
		await send();
		expect(await states()).toMatchObject([
			{ isGivenUp: true, problem: expect.stringContaining("no credential “GONE”") },
		]);
	});
});

test("ten workers send each notice once; what one has claimed and not sent is sent by another", async () => {
	await tellWebhook();
	await workflow.fail();
	await Promise.all(Array.from({ length: 10 }, send));
	expect(server.requests).toHaveLength(1);
	await workflow.complete();
	await sql`update failure_notices set tries = 1, send_at = now() + interval '60 s' where change = 'recovered'`;
	await send();
	expect(server.requests).toHaveLength(1);
	await sql`update failure_notices set send_at = send_at - interval '60 s' where change = 'recovered'`;
	await send();
	expect(server.requests).toHaveLength(2);
});

test("what is removed is not written to any more", async () => {
	await tellWebhook();
	await workflow.fail();
	await sql`delete from failure_destinations`;
	await send();
	expect(server.requests).toEqual([]);
});

test("a test message is sent, and what came back is told without secrets; so often", async () => {
	const at = { team: "acme", ...(await tellWebhook()) };
	expect(await testDestination(admin, at, services)).toEqual({ problem: null });
	expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({ type: "workflow.test" });
	answers = [{ status: 401, body: `wrong: ${SECRET}` }];
	const { problem } = await testDestination(admin, at, services);
	expect(problem).toMatch(/answered 401/);
	expect(problem).not.toContain("whsec_");
	await sql`update rate_limits set points = 60`;
	await expect(testDestination(admin, at, services)).rejects.toMatchObject({ code: "too_many_requests" });
});

test("a test message to members stands in their inbox", async () => {
	const at = {
		team: "acme",
		...(await setDestination(admin, { team: "acme", type: "inbox", fields: { to: viewer.userId } })),
	};
	expect(await testDestination(admin, at, services)).toEqual({ problem: null });
	expect(await inboxOf(viewer)).toMatchObject([[expect.stringContaining("This is a test"), null]]);
	await sql`delete from memberships where user_id = ${viewer.userId}`;
	expect(await testDestination(admin, at, services)).toMatchObject({
		problem: expect.stringContaining("Nobody was told"),
	});
});
