import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import { parseFormValues } from "@/server/plan/form-values";
import { step, testPlan } from "@/server/plan/test-plan";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { fillTemplate } from "@/server/templates/fill-template";
import { readShippedTemplates } from "@/server/templates/shipped-templates";
import { findAlertmanager } from "@/server/triggers/alertmanager/find-alertmanager";
import { listAlerts } from "@/server/triggers/alertmanager/read/list-alerts";
import { readAlert } from "@/server/triggers/alertmanager/read/read-alert";
import { startAlertmanager, startHookServer, until } from "@/server/triggers/alertmanager/test-alertmanager";
import { createAlertHook, testAlert, testNotice } from "@/server/triggers/alertmanager/test-alerts";
import { setUpWorker } from "./test-worker";

vi.stubEnv("WEFT_SECRET", TEST_SECRET);
const { database } = await setUpWorker();
let team: TestTeam;
let web: Awaited<ReturnType<typeof startHookServer>>;
let far: TestServer;
const program = findAlertmanager();
if (program === undefined) console.log("There is no Alertmanager here: its stories are told by payloads of their own.");

beforeAll(async () => {
	team = await createTestTeam(database, "acme");
	web = await startHookServer(database);
	far = await startTestServer((_, response) => response.end());
});
afterAll(async () => {
	await Promise.all([web.stop(), far.close()]);
	vi.unstubAllEnvs();
});

type Hook = Awaited<ReturnType<typeof createAlertHook>>;

/** Lets an alert fire and be resolved, by the real Alertmanager where there is one. */
async function tellStory(hook: Hook, name: string, whileItFires: () => Promise<void>) {
	const labels = { alertname: name, severity: "critical", instance: "web-1", pod: "checkout-7c9f" };
	const annotations = { summary: `${name} on web-1` };
	const startsAt = "2026-11-29T10:00:00.123Z";
	const endsAt = () => new Date(Date.now() - 1_000).toISOString();
	if (program === undefined) {
		const alert = testAlert(name, { labels, annotations, startsAt });
		await hook.send(testNotice([alert]));
		await whileItFires();
		await hook.send(testNotice([{ ...alert, status: "resolved", endsAt: endsAt() }], { status: "resolved" }));
	} else {
		const real = await startAlertmanager({ program, url: web.at(hook.address) });
		try {
			await real.post([{ labels, annotations, startsAt }]);
			await whileItFires();
			await real.post([{ labels, annotations, startsAt, endsAt: endsAt() }]);
			await until(async () => (await episodeOf(name))?.status === "resolved");
		} finally {
			await real.stop();
		}
	}
	const episode = await episodeOf(name);
	if (!episode) throw new Error(`There is no episode of ${name}.`);
	return episode;
}

async function episodeOf(name: string) {
	const viewer = team.members.viewer;
	const lists = await Promise.all(
		(["firing", "resolved"] as const).map((status) =>
			listAlerts(viewer, { team: "acme", status, find: name, limit: 10 }),
		),
	);
	const [found] = lists.flatMap(({ items }) => items);
	return found && (await readAlert(viewer, { team: "acme", id: found.id }));
}

const hasReport = (name: string) => async () =>
	await until(async () => (await episodeOf(name))?.runs.some(({ report }) => report !== null) === true);

/** A shipped template as somebody installs it who leaves its form as it is. */
async function shipped(slug: string) {
	const template = (await readShippedTemplates()).get(slug);
	if (!template) throw new Error(`There is no template ${slug}.`);
	const { values } = parseFormValues(template.plan.inputs, {});
	const { nodes, edges, inputs, settings } = fillTemplate(template.plan, {
		...{ inputs: values, credentials: {}, provider: "demo" },
	});
	return { nodes, edges, inputs, settings };
}

test("the CPU alert is investigated, and another run is told that it is resolved", async () => {
	const settings = { onResolve: "run", inputs: { alert: "{{ trigger.alert.annotations.summary }}" } };
	const hook = await createAlertHook({ database, team }, settings, await shipped("incident-investigation"));
	const episode = await tellStory(hook, "HighCpu", hasReport("HighCpu"));
	expect(episode).toMatchObject({ status: "resolved", name: "HighCpu", runs: [{ run: { status: "completed" } }] });
	expect(episode.runs[0]?.report).toContain("HighCpu on web-1");
	const runs = await hook.runs();
	expect(runs.map(({ payload }) => payload.status)).toEqual(["firing", "resolved"]);
	expect(episode.notes.map(({ what }) => what)).toEqual(
		expect.arrayContaining(["fired", "started", "resolved", "handed-over"]),
	);
}, 60_000);

test("a pod that crashes has its report, which the next episode is handed", async () => {
	const hook = await createAlertHook({ database, team }, {}, await shipped("pod-crash-report"));
	const episode = await tellStory(hook, "PodCrashLooping", hasReport("PodCrashLooping"));
	expect(episode.runs[0]?.report).toMatch(/memory/i);
	const again = testAlert(episode.fingerprint, { labels: episode.labels, startsAt: "2026-11-29T12:00:00Z" });
	await hook.send(testNotice([again]));
	const [, second] = await hook.runs();
	expect(second?.payload.seenBefore).toMatchObject([{ report: episode.runs[0]?.report, run: { number: 1 } }]);
}, 60_000);

test("an alert of one's own is diagnosed, and the diagnosis is sent on once", async () => {
	const plan = testPlan(
		[
			step("look", "shell", { command: 'echo "queue of $(echo {{ trigger.alert.labels.instance }}) is full"' }),
			step("diagnose", "llm", { provider: "demo", prompt: "Say what is wrong: {{ steps.look.output.stdout }}" }),
			step("tell", "webhook", {
				url: `${far.origin}/slack`,
				event: "alert.diagnosed",
				data: { text: "{{ trigger.alert.labels.alertname }}: {{ steps.diagnose.output.text }}" },
			}),
			step("report", "output", { fields: { report: "{{ steps.diagnose.output.text }}" } }),
		],
		["look -> diagnose", "diagnose -> tell", "tell -> report"],
	);
	const { nodes, edges } = plan;
	const hook = await createAlertHook({ database, team }, { matchers: ['alertname=~"Queue.*"'] }, { nodes, edges });
	const episode = await tellStory(hook, "QueueFull", hasReport("QueueFull"));
	expect(await hook.runs()).toHaveLength(1);
	expect(far.requests.map(({ body }) => body)).toEqual([expect.stringContaining("QueueFull: ")]);
	expect(episode.runs[0]?.report).toBeTruthy();
}, 60_000);
