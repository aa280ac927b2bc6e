import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { planSchema } from "../server/plan/plan";
import { type Follower, followSharedRun } from "./support/follow-shared-run";
import { median, quantile, report, round } from "./support/report";
import { withApp } from "./support/with-app";
import { machineLoad } from "./support/with-editor";

/**
 * Two hundred people without an account watch one live run by its link, each over a connection of their own: from the
 * moment an event is recorded to its arrival, and the memory that the web server holds meanwhile (its peak, in megabytes).
 */
const WATCHERS = 200;
const BUDGET = { p95_ms: 300, rss_mb: 250 };
const STEPS = 60;
/** Everybody connects while this step waits. */
const READY = "ready";

const plan = planSchema.parse({
	version: 1,
	nodes: [
		{ id: READY, type: "delay", name: "Until everybody is here", config: { seconds: 20 } },
		...Array.from({ length: STEPS }, (_, index) => ({
			id: `n${index}`,
			type: "shell",
			name: `Step ${index}`,
			config: { command: "sleep 0.2" },
		})),
	],
	edges: [
		{ from: READY, to: "n0" },
		...Array.from({ length: STEPS - 1 }, (_, index) => ({ from: `n${index}`, to: `n${index + 1}` })),
	],
});

/** Resident memory of a process in megabytes: now, or the most there was. */
function memoryOf(pid: number, which: "VmRSS" | "VmHWM"): number {
	const kb = readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`${which}:\\s+(\\d+)`))?.[1];
	return round(Number(kb) / 1_024);
}

const figures = await withApp(async (app) => {
	const before = memoryOf(app.webPid(), "VmRSS");
	const { runId, token } = await app.startShared(await app.store(plan), plan);
	const address = `${app.origin}/api/share/watch?input=${encodeURIComponent(JSON.stringify({ json: { token } }))}`;
	const followers: Follower[] = [];
	for (let n = 0; n < WATCHERS; n++) followers.push(await followSharedRun(address));
	const connected = Date.now();
	await Promise.all(followers.map(({ ended }) => ended));
	const [last] = await app.database.sql<{ seq: number }[]>`select last_seq as seq from runs where id = ${runId}`;
	const missed = followers.filter(({ arrivals }) => arrivals.length !== last?.seq).length;
	const delays = followers.flatMap((follower) =>
		follower.arrivals.filter(({ at }) => at > connected).map(({ at, arrivedAt }) => arrivedAt - at),
	);
	await wait(500);
	const peak = memoryOf(app.webPid(), "VmHWM");
	for (const { close } of followers) close();
	return {
		watchers: followers.length,
		missed,
		arrivals: delays.length,
		recorded_to_received_p50_ms: median(delays),
		recorded_to_received_p95_ms: quantile(delays, 0.95),
		web_mb_before: before,
		web_mb_peak: peak,
	};
});
report("share-watchers", {
	...figures,
	budget_p95_ms: BUDGET.p95_ms,
	budget_mb: BUDGET.rss_mb,
	machine_load: machineLoad(),
});
process.exit(0);
