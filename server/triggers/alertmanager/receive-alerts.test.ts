import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { setCredential } from "@/server/credentials/set-credential";
import { endRun } from "@/server/runs/store/end-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { testFire } from "../hooks/send-again";
import { pauseTrigger } from "../pause-trigger";
import { startCollected } from "./start-collected";
import { createAlertHook, testAlert, testNotice } from "./test-alerts";

const { database, team } = await setUpTestTeam();
const at = { database, team };

afterEach(() => void vi.useRealTimers());

function passSeconds(seconds: number): void {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1_000 });
}

const resolved = (fingerprint: string) =>
	testAlert(fingerprint, { status: "resolved", endsAt: "2026-11-29T10:20:00Z" });

test("a firing alert is stored as an episode and starts a run that has all of it", async () => {
	const form = [{ name: "who", type: "text", label: "Who" }];
	const hook = await createAlertHook(at, { inputs: { who: "{{ trigger.alert.labels.instance }}" } }, { inputs: form });
	const answer = await hook.send(testNotice([testAlert("a1")], { notification_reason: "first" }));
	expect(answer.status).toBe(202);
	const [run] = await hook.runs();
	expect(run).toMatchObject({ trigger: "alertmanager", input: { who: "a1" }, actor: { name: "Alertmanager" } });
	expect(run?.payload).toMatchObject({
		id: "alerts",
		status: "firing",
		alert: { fingerprint: "a1", startsAt: "2026-11-29T10:00:00.123Z", endsAt: null, labels: { severity: "critical" } },
		groupLabels: { alertname: "HighCpu" },
		externalURL: "http://alertmanager.example:9093",
		truncatedAlerts: 0,
		seenBefore: [],
	});
	expect(await hook.episodes("a1")).toMatchObject([
		{ status: "firing", name: "HighCpu", times: 1, receiver: "weft", notes: [{ what: "fired" }, { what: "started" }] },
	]);
	expect(await hook.deliveries()).toMatchObject([{ verdict: "started", type: "alertmanager", runId: run?.id }]);
});

test("an episode has one run, however many peers send it at once and however often it is repeated", async () => {
	const hook = await createAlertHook(at);
	const peers = Array.from({ length: 4 }, () => openDatabase(database.url, { max: 3 }));
	const notice = testNotice(["b1", "b2", "b3"].map((name) => testAlert(name)));
	const turned = { ...notice, alerts: [...notice.alerts].reverse() };
	try {
		const answers = await Promise.all(
			peers.flatMap((by) => [hook.send(notice, { by }), hook.send(turned, { by }), hook.send(notice, { by })]),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
	} finally {
		await Promise.all(peers.map((peer) => peer.close()));
	}
	expect(await hook.runs()).toHaveLength(3);
	const verdicts = (await hook.deliveries()).map(({ verdict, times }) => `${verdict} ${times}`);
	expect(verdicts.filter((verdict) => verdict === "started 1")).toHaveLength(3);
	expect(verdicts).toContain("duplicate 3");
});

test("resolved cancels the run; the same start again is the same episode, a later one is another", async () => {
	const hook = await createAlertHook(at, { onResolve: "cancel" });
	await hook.send(testNotice([testAlert("c1")]));
	await hook.send(testNotice([resolved("c1")], { status: "resolved" }));
	await hook.send(testNotice([resolved("c1")], { status: "resolved" }));
	expect(await hook.runs()).toMatchObject([{ status: "cancelled" }]);
	expect(await hook.episodes("c1")).toMatchObject([
		{
			status: "resolved",
			endsAt: new Date("2026-11-29T10:20:00Z"),
			notes: expect.arrayContaining([expect.objectContaining({ what: "cancelled" })]),
		},
	]);
	// A peer that is late, and then Prometheus, which goes on with the same alert.
	await hook.send(testNotice([testAlert("c1")]));
	expect(await hook.episodes("c1")).toMatchObject([{ status: "resolved" }]);
	passSeconds(300);
	await hook.send(testNotice([testAlert("c1")]));
	expect(await hook.episodes("c1")).toMatchObject([{ status: "firing", resolvedAt: null }]);
	expect(await hook.runs()).toHaveLength(1);
	await hook.send(testNotice([testAlert("c1", { startsAt: "2026-11-29T11:00:00Z" })]));
	expect(await hook.episodes("c1")).toHaveLength(2);
	expect(await hook.runs()).toMatchObject([{ status: "cancelled" }, { status: "queued" }]);
});

test("resolved before it fired starts nothing, until it is known to fire again", async () => {
	const hook = await createAlertHook(at);
	await hook.send(testNotice([resolved("d1")]));
	await hook.send(testNotice([testAlert("d1")]));
	expect(await hook.runs()).toEqual([]);
	expect((await hook.deliveries()).map(({ reason }) => reason)).toEqual([
		"It is resolved, and has no run.",
		"It is resolved, and has no run.",
	]);
	passSeconds(300);
	await hook.send(testNotice([testAlert("d1")]));
	expect(await hook.runs()).toHaveLength(1);
});

test("another run is told that an episode is resolved, once, where the trigger asks for it", async () => {
	const hook = await createAlertHook(at, { onResolve: "run" });
	await hook.send(testNotice([testAlert("e1")]));
	await Promise.all([hook.send(testNotice([resolved("e1")])), hook.send(testNotice([resolved("e1")]))]);
	const runs = await hook.runs();
	expect(runs.map(({ payload }) => payload.status)).toEqual(["firing", "resolved"]);
	expect(runs.map(({ status }) => status)).toEqual(["queued", "queued"]);
});

test("the run is sent an event that its episode is resolved, once, where the trigger asks for it", async () => {
	const hook = await createAlertHook(at, { onResolve: "event" });
	await hook.send(testNotice([testAlert("told")]));
	await Promise.all([hook.send(testNotice([resolved("told")])), hook.send(testNotice([resolved("told")]))]);
	const [run] = await hook.runs();
	const sent = await database.sql`select name, data, run_id as "runId" from events where run_id = ${run?.id ?? ""}`;
	const data = { isWhole: true, count: 1, alerts: [expect.objectContaining({ fingerprint: "told" })] };
	expect(sent).toEqual([{ name: "alert.resolved", data, runId: run?.id }]);
	// Of two that come at once either may be noted last.
	const handedOver = expect.objectContaining({ what: "handed-over", run: expect.objectContaining({ number: 1 }) });
	expect((await hook.episodes("told"))[0]?.notes).toContainEqual(handedOver);
});

test("a run that has ended is sent nothing when its episode is resolved", async () => {
	const hook = await createAlertHook(at, { onResolve: "event" });
	await hook.send(testNotice([testAlert("untold")]));
	const [run] = await hook.runs();
	const end = { status: "cancelled", actor: { kind: "system", name: "test" }, reason: "Enough." } as const;
	await endRun(database.sql, run?.id ?? "", { end });
	await hook.send(testNotice([resolved("untold")]));
	expect(await database.sql`select from events where run_id = ${run?.id ?? ""}`).toHaveLength(0);
	expect((await hook.deliveries()).map(({ reason }) => reason)).toContain("It is resolved; its run had ended.");
});

test("matchers say which of them said no", async () => {
	const hook = await createAlertHook(at, { matchers: ['severity="critical"', 'instance=~"f[12]"'] });
	await hook.send(testNotice(["f1", "f3"].map((name) => testAlert(name))));
	await hook.send(testNotice([testAlert("f4", { labels: { alertname: "Low" } })]));
	expect((await hook.deliveries()).map(({ verdict, reason }) => [verdict, reason])).toEqual([
		["started", null],
		["filtered", 'instance=~"f[12]" says no: instance is "f3".'],
		["filtered", 'severity="critical" says no: it has no severity.'],
	]);
	expect(await hook.episodes("f4")).toMatchObject([{ status: "firing", name: "Low" }]);
});

test("alerts of a group are collected for one run; those that are resolved meanwhile are left out", async () => {
	const hook = await createAlertHook(at, { windowSeconds: 30, onResolve: "cancel" });
	await hook.send(testNotice([testAlert("g1"), testAlert("g2")]));
	await hook.send(testNotice([testAlert("g3")]));
	await hook.send(testNotice([testAlert("g9")], { groupKey: "other" }));
	await hook.send(testNotice([resolved("g2")]));
	await startCollected(database);
	expect(await hook.runs()).toEqual([]);
	const later = Date.now() + 31_000;
	await Promise.all([startCollected(database, later), startCollected(database, later)]);
	await startCollected(database, later);
	const runs = await hook.runs();
	const told = runs.map(({ payload }) => (payload.alerts as { fingerprint: string }[]).map((each) => each.fingerprint));
	expect(told.sort((a, b) => b.length - a.length)).toEqual([["g1", "g3"], ["g9"]]);
	// Only when the last of a run's episodes is resolved its run is cancelled.
	await hook.send(testNotice([resolved("g1")]));
	expect((await hook.runs()).every(({ status }) => status === "queued")).toBe(true);
	await hook.send(testNotice([resolved("g3")]));
	expect((await hook.runs()).filter(({ status }) => status === "cancelled")).toHaveLength(1);
});

test("earlier episodes of the same alert are handed on with their reports", async () => {
	const hook = await createAlertHook(at);
	await hook.send(testNotice([testAlert("h1")]));
	const [first] = await hook.runs();
	await database.sql`
		update runs set status = 'completed', ended_at = now(), output = '{"report": "A bad deploy."}' where id = ${first?.id ?? ""}`;
	await hook.send(testNotice([resolved("h1")]));
	await hook.send(testNotice([testAlert("h1", { startsAt: "2026-11-29T12:00:00Z" })]));
	const [, second] = await hook.runs();
	expect(second?.payload.seenBefore).toEqual([
		{
			...{ fingerprint: "h1", status: "resolved" },
			...{ startsAt: "2026-11-29T10:00:00.123Z", endsAt: "2026-11-29T10:20:00.000Z" },
			report: "A bad deploy.",
			run: { workflow: hook.ref.slug, number: 1, status: "completed" },
		},
	]);
});

test.each([
	["no JSON object", []],
	["another version", { version: "5", alerts: [] }],
	["an alert without its start", testNotice([{ ...testAlert("i1"), startsAt: "soon" }])],
	["labels that are no texts", testNotice([testAlert("i1", { labels: { alertname: 1 } })])],
])("%s is refused with what is wrong, and stored nowhere", async (_, body) => {
	const hook = await createAlertHook(at);
	expect((await hook.send(body)).status).toBe(400);
	expect(await hook.deliveries()).toMatchObject([
		{ verdict: "refused", reason: expect.stringContaining("no notification of Alertmanager’s") },
	]);
	expect(await hook.episodes("i1")).toEqual([]);
});

test("an older sender's alert without a fingerprint, with odd texts and addresses, is taken", async () => {
	const hook = await createAlertHook(at);
	const odd = { labels: { alertname: "Odd\u0000\ud800" }, generatorURL: "javascript:alert(1)", fingerprint: undefined };
	expect((await hook.send(testNotice([testAlert("x", odd)], { truncatedAlerts: 7 }))).status).toBe(202);
	const [run] = await hook.runs();
	expect(run?.payload).toMatchObject({
		truncatedAlerts: 7,
		alert: { generatorURL: "", labels: { alertname: "Odd��" } },
	});
});

test("a token, or a user and password, opens the address", async () => {
	const { admin } = team.members;
	await setCredential(admin, {
		team: "acme",
		name: "AM",
		type: "basic",
		values: { user: "am", password: "s3cret-pass" },
	});
	await setCredential(admin, { team: "acme", name: "AMT", type: "token", values: { token: "t0ken-of-alerts" } });
	const basic = await createAlertHook(at, { authentication: "basic", secret: "AM" });
	const bearer = await createAlertHook(at, { authentication: "bearer", secret: "AMT" });
	const sent = async (hook: typeof basic, authorization: string) =>
		(await hook.send(testNotice([testAlert("k1")]), { headers: { authorization } })).status;
	expect(await sent(basic, `Basic ${btoa("am:s3cret-pass")}`)).toBe(202);
	expect(await sent(basic, `Basic ${btoa("am:wrong")}`)).toBe(401);
	expect(await sent(basic, "s3cret-pass")).toBe(401);
	expect(await sent(bearer, "Bearer t0ken-of-alerts")).toBe(202);
	expect(await sent(bearer, "Bearer other")).toBe(401);
	expect((await bearer.send(testNotice([testAlert("k1")]))).status).toBe(401);
});

test("a paused trigger starts nothing and stores all; a test fire starts a run and stores no episode", async () => {
	const hook = await createAlertHook(at);
	await pauseTrigger(team.members.operator, hook.ref);
	await hook.send(testNotice([testAlert("l1")]));
	expect(await hook.deliveries()).toMatchObject([{ verdict: "skipped", reason: "The trigger is paused." }]);
	expect(await hook.episodes("l1")).toMatchObject([{ status: "firing" }]);
	await testFire(team.members.operator, hook.ref);
	await testFire(team.members.operator, hook.ref);
	expect(await hook.runs()).toHaveLength(2);
	expect(await hook.episodes("5ef77f1f8a3ecfc4")).toEqual([]);
});

test("episodes of one team are nothing to another", async () => {
	const other = await setUpTestTeam();
	const hook = await createAlertHook(at);
	const theirs = await createAlertHook(other);
	await hook.send(testNotice([testAlert("m1")]));
	await theirs.send(testNotice([testAlert("m1", { startsAt: "2026-11-29T12:00:00Z" })]), { by: other.database });
	expect((await theirs.runs())[0]?.payload.seenBefore).toEqual([]);
});

test("what cannot be persisted is answered with 503, and leaves nothing behind", async () => {
	const hook = await createAlertHook(at);
	const gone = openDatabase("postgres://nobody@127.0.0.1:1/none", { max: 1 });
	expect((await hook.send(testNotice([testAlert("n1")]), { by: gone })).status).toBe(503);
	await gone.close();
	expect(await hook.episodes("n1")).toEqual([]);
});
