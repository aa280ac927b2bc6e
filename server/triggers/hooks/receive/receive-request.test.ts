import { createHmac } from "node:crypto";
import { sign } from "@octokit/webhooks-methods";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { readDelivery } from "../../read-delivery";
import { createHook, json, sendTo, setToken } from "../../webhook/test-webhook";
import { receiveRequest } from "./receive-request";

const { database, team } = await setUpTestTeam();
const at = { database, team };

afterEach(() => void vi.useRealTimers());

/** What was looked up of an address counts for a second. */
function passSecond(): void {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 1_500 });
}

test("a request starts a run that has all of it, and is answered with the run's number", async () => {
	const hook = await createHook(at, { inputs: { who: "{{ trigger.body.name }}" } }, { inputs: [WHO] });
	const answer = await hook.send(
		json({ name: "Ada" }, { authorization: "Bearer x", "x-event": "paid", "x-forwarded-for": "10.0.0.1" }),
		"?a=1&a=2&b=3",
	);
	expect(answer.status).toBe(202);
	const [run] = await hook.runs();
	const [delivery] = await hook.deliveries();
	expect(await answer.json()).toEqual({
		deliveries: [
			{
				id: delivery?.id,
				workflow: hook.ref.slug,
				verdict: "started",
				run: { id: run?.id, number: 1, url: expect.stringContaining(`/acme/workflows/${hook.ref.slug}/runs/1`) },
			},
		],
	});
	expect(run).toMatchObject({ trigger: "webhook", input: { who: "Ada" }, actor: { kind: "system", name: "Webhook" } });
	expect(run?.payload).toEqual({
		id: "orders",
		method: "POST",
		headers: { "content-type": "application/json", "x-event": "paid" },
		query: { a: ["1", "2"], b: "3" },
		body: { name: "Ada" },
	});
	expect(delivery).toMatchObject({ verdict: "started", runId: run?.id, latencyMs: expect.any(Number) });
	const outbox = await database.sql`select name from outbox where run_id = ${run?.id ?? ""}`;
	expect(outbox).toMatchObject([{ name: "weft/run.requested" }]);
});

const WHO = { name: "who", type: "text", label: "Who" };

test.each([
	["a form", "application/x-www-form-urlencoded", "a=1&b=2&b=3", { a: "1", b: ["2", "3"] }],
	["text", "text/plain; charset=utf-8", "größe", "größe"],
	["bytes", "application/octet-stream", "\u0000abc", { base64: Buffer.from("\u0000abc").toString("base64") }],
	[
		"JSON of a kind of its own",
		"application/cloudevents+json",
		"[1, 12345678901234567890]",
		[1, "12345678901234567890"],
	],
	["nothing", "application/json", "", null],
])("%s arrives as it was sent", async (_, type, body, expected) => {
	const hook = await createHook(at);
	expect((await hook.send({ body, headers: { "content-type": type } })).status).toBe(202);
	expect((await hook.runs())[0]?.payload.body).toEqual(expected);
});

test("keys that would change objects are left out, and depth without end is refused", async () => {
	const hook = await createHook(at);
	const headers = { "content-type": "application/json" };
	await hook.send({ body: '{"__proto__": {"admin": true}, "constructor": 1, "ok": true}', headers });
	expect((await hook.runs())[0]?.payload.body).toEqual({ constructor: 1, ok: true });
	const deep = await hook.send({ body: "[".repeat(200_000) + "]".repeat(200_000), headers });
	expect(deep.status).toBe(400);
	expect((await hook.send({ body: "{no json", headers })).status).toBe(400);
	expect((await hook.deliveries()).map(({ verdict }) => verdict)).toEqual(["started", "refused", "refused"]);
});

test("a filter explains its no, and starts nothing", async () => {
	const hook = await createHook(at, { filter: 'trigger.body.type == "paid" && trigger.body.amount > 100' });
	const answers = [
		{ type: "paid", amount: 42 },
		{ type: "paid" },
		{ type: "sent", amount: 1 },
		{ type: "paid", amount: 101 },
	];
	for (const body of answers) expect((await hook.send(json(body))).status).toBe(202);
	expect((await hook.deliveries()).map(({ verdict, reason }) => [verdict, reason])).toEqual([
		["filtered", "trigger.body.amount > 100 was false: trigger.body.amount is 42. Condition 2 of 2."],
		["filtered", "The filter could not be worked out. There is no value at trigger.body.amount."],
		["filtered", 'trigger.body.type == "paid" was false: trigger.body.type is "sent". Condition 1 of 2.'],
		["started", null],
	]);
	expect(await hook.runs()).toHaveLength(1);
});

test("of many requests with the same key at once one starts a run", async () => {
	const hook = await createHook(at, { dedupeKey: "trigger.body.id" });
	await Promise.all(Array.from({ length: 20 }, () => hook.send(json({ id: "evt_1" }))));
	await hook.send(json({ id: "evt_2" }));
	await hook.send(json({ id: "evt_2" }));
	expect(await hook.runs()).toHaveLength(2);
	const verdicts = (await hook.deliveries()).map(({ verdict }) => verdict);
	expect(verdicts.filter((verdict) => verdict === "duplicate")).toHaveLength(20);
});

test("a duplicate tells which delivery it is the same as, with its run, and once that is gone, that there was one", async () => {
	const hook = await createHook(at, { dedupeKey: "trigger.body.id" });
	await hook.send(json({ id: 1 }));
	await hook.send(json({ id: 1 }));
	const [first, second] = await hook.deliveries();
	const read = () => readDelivery(team.members.viewer, { team: team.slug, slug: hook.ref.slug, id: second?.id ?? "" });
	const told = { verdict: "duplicate", reason: "It is the same as an earlier delivery." };
	expect(await read()).toMatchObject({ ...told, sameAs: { id: first?.id, at: first?.at, run: { number: 1 } } });
	await database.sql`delete from deliveries where id = ${first?.id ?? ""}`;
	expect(await read()).toMatchObject({ ...told, sameAs: null });
});

test("a key counts as long as its trigger says", async () => {
	const hook = await createHook(at, { dedupeKey: "trigger.body.id", dedupeHours: 1 });
	await hook.send(json({ id: 1 }));
	await database.sql`update delivery_keys set expires_at = now() - interval '1 second'`;
	await hook.send(json({ id: 1 }));
	await hook.send(json({ id: 1 }));
	expect((await hook.deliveries()).map(({ verdict }) => verdict)).toEqual(["started", "started", "duplicate"]);
});

test("nobody burns a key: not by a wrong signature, nor by a run that the workflow's rule refuses", async () => {
	await setToken(team, "SHOP", "a shop secret");
	const settings = { preset: "token", secret: "SHOP", dedupeKey: "trigger.body.id" };
	const concurrency = { limit: 1, policy: "skip" };
	const hook = await createHook(at, settings, { settings: { timeoutSeconds: 60, concurrency } });
	const right = { authorization: "Bearer a shop secret" };
	expect((await hook.send(json({ id: 1 }, { authorization: "Bearer guessed" }))).status).toBe(401);
	await hook.send(json({ id: 1 }, right));
	await hook.send(json({ id: 2 }, right));
	await database.sql`update runs set status = 'completed', ended_at = now() where workflow_id = ${hook.id}`;
	await hook.send(json({ id: 2 }, right));
	await hook.send(json({ id: 2 }, right));
	const verdicts = (await hook.deliveries()).map(({ verdict }) => verdict);
	expect(verdicts).toEqual(["refused", "started", "skipped", "started", "duplicate"]);
});

test("a delivery of GitHub that is sent again under another id is a duplicate", async () => {
	await setToken(team, "GITHUB", "a hub secret");
	const hook = await createHook(at, { preset: "github", secret: "GITHUB" });
	const send = async (id: string, body: string) =>
		hook.send({
			body,
			headers: {
				"content-type": "application/json",
				"x-github-delivery": id,
				"x-hub-signature-256": await sign("a hub secret", body),
			},
		});
	await send("a", '{"n":1}');
	await send("b", '{"n":1}');
	await send("a", '{"n":2}');
	await send("c", '{"n":3}');
	const verdicts = (await hook.deliveries()).map(({ verdict }) => verdict);
	expect(verdicts).toEqual(["started", "duplicate", "duplicate", "started"]);
	expect((await hook.runs())[0]?.payload.headers).not.toHaveProperty("x-hub-signature-256");
});

test("a copy of a request whose signed time still counts starts nothing, whatever is sent along unsigned", async () => {
	await setToken(team, "HMAC", "an hmac secret");
	const settings = { preset: "hmac", secret: "HMAC", timestampHeader: "X-Time" };
	const time = String(Math.floor(Date.now() / 1_000));
	const signature = createHmac("sha256", "an hmac secret").update(`${time}.{}`).digest("hex");
	const headers = { "content-type": "application/json", "x-time": time, "x-signature": signature };
	for (const more of [{}, { dedupeKey: "trigger.query.id" }]) {
		const hook = await createHook(at, { ...settings, ...more });
		expect((await hook.send({ body: "{}", headers }, "?id=1")).status).toBe(202);
		expect((await hook.send({ body: "{}", headers }, "?id=2")).status).toBe(202);
		const bomb = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a-${index}`, "x"]));
		expect((await hook.send({ body: "{}", headers: { ...bomb, ...headers } }, "?id=3")).status).toBe(400);
		const verdicts = (await hook.deliveries()).map(({ verdict }) => verdict);
		expect(verdicts).toEqual(["started", "duplicate", "refused"]);
	}
});

test("two secrets hold while a sender changes from one to the other, and one that is not set refuses all", async () => {
	const keys = ["first key of this test!!", "other key of this test!!"].map((key) =>
		Buffer.from(key).toString("base64"),
	);
	const [first = "", second = ""] = keys;
	const settings = { preset: "standard", secret: "NEW_KEY", formerSecret: "OLD_KEY" };
	const hook = await createHook(at, settings);
	const send = async (key: string) => {
		const id = crypto.randomUUID();
		const now = new Date();
		const signature = new Webhook(key).sign(id, now, '{"a":1}');
		const time = String(Math.floor(now.getTime() / 1_000));
		return (
			await hook.send(json({ a: 1 }, { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature }))
		).status;
	};
	expect(await send(first)).toBe(401);
	expect((await hook.deliveries())[0]?.reason).toMatch("secret is not set");
	await setToken(team, "OLD_KEY", first);
	await setToken(team, "NEW_KEY", `whsec_${second}`);
	passSecond();
	expect([await send(first), await send(second)]).toEqual([202, 202]);
});

test("more requests than a trigger takes in a minute are told when to come again", async () => {
	const hook = await createHook(at, { perMinute: 5 });
	const answers = await Promise.all(Array.from({ length: 9 }, () => hook.send()));
	expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 429, 429, 429, 429]);
	expect(Number(answers.find(({ status }) => status === 429)?.headers.get("retry-after"))).toBeGreaterThan(0);
	expect(await hook.runs()).toHaveLength(5);
});

test("a flood beyond the limit leaves no body behind, and few lines in the log", async () => {
	const hook = await createHook(at, { perMinute: 1 });
	for (let count = 0; count < 70; count++) await hook.send(json("a flood"));
	const refused = (await hook.deliveries()).filter(({ verdict }) => verdict === "refused");
	expect(refused).toHaveLength(60);
	expect(JSON.stringify(refused)).not.toContain("a flood");
});

test("a guessed address, an archived workflow's and a wrong method are told apart from nothing else", async () => {
	const hook = await createHook(at);
	expect((await sendTo(database, `http://x/api/hooks/${"a".repeat(43)}`)).status).toBe(404);
	expect((await hook.send({ method: "GET" })).status).toBe(405);
	await database.sql`update workflows set archived_at = now() where id = ${hook.id}`;
	passSecond();
	expect((await hook.send()).status).toBe(404);
});

test("a paused trigger takes the request and starts nothing", async () => {
	const hook = await createHook(at);
	await database.sql`update triggers set paused_at = now() where workflow_id = ${hook.id}`;
	expect((await hook.send()).status).toBe(202);
	expect(await hook.deliveries()).toMatchObject([{ verdict: "skipped", reason: "The trigger is paused." }]);
});

test("a body above the limit is refused as soon as that is known, however long it goes on", async () => {
	const hook = await createHook(at);
	let sent = 0;
	const endless = new ReadableStream({
		pull(controller) {
			sent += 100_000;
			controller.enqueue(new Uint8Array(100_000));
		},
	});
	const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
	expect((await hook.send(init)).status).toBe(413);
	expect(sent).toBeLessThan(2_000_000);
	expect((await hook.send({ body: "a", headers: { "content-length": "100000000" } })).status).toBe(413);
	expect((await hook.deliveries()).map(({ reason }) => reason)).toEqual(Array(2).fill("Its body is larger than 1 MB."));
});

test("pages of other sites may send only where the trigger names them", async () => {
	const hook = await createHook(at, { origins: ["https://shop.example"] });
	const preflight = (origin: string) =>
		hook.send({ method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
	const allowed = await preflight("https://shop.example");
	expect(allowed.headers.get("access-control-allow-origin")).toBe("https://shop.example");
	expect((await preflight("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
	const closed = await createHook(at);
	const answer = await closed.send({ headers: { origin: "https://shop.example" } });
	expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

test("Slack's question about the address is answered once it is signed, and starts nothing", async () => {
	await setToken(team, "SLACK", "a slack secret");
	const hook = await createHook(at, { preset: "slack", secret: "SLACK" });
	const body = '{"type":"url_verification","challenge":"abc"}';
	const time = String(Math.floor(Date.now() / 1_000));
	const signature = `v0=${createHmac("sha256", "a slack secret").update(`v0:${time}:${body}`).digest("hex")}`;
	const headers = { "content-type": "application/json", "x-slack-request-timestamp": time };
	const answer = await hook.send({ body, headers: { ...headers, "x-slack-signature": signature } });
	expect(await answer.text()).toBe("abc");
	expect((await hook.send({ body, headers })).status).toBe(401);
	expect(await hook.runs()).toEqual([]);
});

test("what cannot be persisted is answered with 503", async () => {
	const hook = await createHook(at);
	await hook.send();
	const gone = openDatabase("postgres://nobody@127.0.0.1:1/none");
	const token = new URL(hook.address).pathname.split("/").at(-1) ?? "";
	expect((await receiveRequest(gone, new Request(hook.address, { method: "POST" }), token)).status).toBe(503);
	await database.sql`alter table deliveries rename to elsewhere`;
	try {
		expect((await hook.send()).status).toBe(503);
	} finally {
		await database.sql`alter table elsewhere rename to deliveries`;
	}
	expect(await hook.runs()).toHaveLength(1);
	await gone.close();
});

test("values that the form refuses are told, and NUL harms nothing", async () => {
	const hook = await createHook(at, { inputs: { who: "{{ trigger.body.name }}" } }, { inputs: [WHO] });
	await hook.send(json({ name: "two\nlines" }));
	await hook.send(json({ name: "a\u0000b" }));
	expect(await hook.deliveries()).toMatchObject([
		{ verdict: "failed", reason: expect.stringMatching(/^The form refuses who: /) },
		{ verdict: "started" },
	]);
});
