import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { group, Inngest } from "inngest";
import { openDatabase } from "../db/client";
import { startEmbeddedPostgres } from "../db/embedded-postgres";
import { migrateDatabase } from "../db/migrate";
import { createEmbeddedEngine } from "../inngest/embedded/create-embedded-engine";
import { serve } from "../inngest/embedded/serve";
import { median, report, round } from "./support/report";

/** The embedded engine alone, with functions that do next to nothing. */
const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
await chmod(directory, 0o711);
const postgres = await startEmbeddedPostgres({ directory });
await migrateDatabase(postgres.url);
const database = openDatabase(postgres.url);
const log = { info: () => {}, warn: console.error, error: console.error };
const newEngine = () => createEmbeddedEngine({ database, maxInFlight: 32, log });
const engine = newEngine();
const client = new Inngest({ id: "bench", isDev: true, fetch: engine.fetch });
const buffered = { bufferedSteps: 20, maxInterval: "200ms", maxRuntime: "5m" } as const;

/** What a run reports, by its event's `key`. */
const reports = new Map<string, (at: number) => void>();
const tell = (key: string) => reports.get(key)?.(performance.now());
const told = (key: string) => new Promise<number>((resolve) => reports.set(key, resolve));

const lineOf = (id: string, checkpointing: typeof buffered | true) =>
	client.createFunction({ id, triggers: [{ event: id }], checkpointing }, async ({ event, step }) => {
		for (let n = 0; n < event.data.steps; n++) {
			await step.run(`step ${n}`, () => n === 0 && tell(`${event.data.key} first`));
		}
		tell(event.data.key);
	});

const wide = client.createFunction({ id: "wide", triggers: [{ event: "wide" }] }, async ({ event, step }) => {
	await step.run("before", () => 1);
	const branch = (_: unknown, n: number) => step.run(`branch ${n}`, () => sleep(20, n));
	await group.parallel({ mode: "race" }, () => Promise.all(Array.from({ length: event.data.branches }, branch)));
	tell(event.data.key);
});

const beside = client.createFunction({ id: "beside", triggers: [{ event: "beside" }] }, async ({ event, step }) => {
	const quick = async () => {
		for (let n = 0; n < 20; n++) await step.run(`quick ${n}`, () => n);
		tell(event.data.key);
	};
	const slow = () => step.run("slow", () => sleep(1_000));
	await group.parallel({ mode: "race" }, () => Promise.all([slow(), quick()]));
});

let sent = 0;
async function time(name: string, data: Record<string, number>, from?: "first"): Promise<number> {
	const key = `${name} ${sent++}`;
	const end = told(key);
	const first = told(`${key} first`);
	const begun = performance.now();
	await client.send({ name, data: { ...data, key } });
	return (await (from === "first" ? first : end)) - begun;
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
	const samples: number[] = [];
	for (let n = -2; n < times; n++) {
		const sample = await measure();
		if (n >= 0) samples.push(sample);
		// What the run still has to tidy up is not the next one's time.
		while (engine.state().runs > 0) await sleep(5);
	}
	return median(samples);
}

async function throughput(runs: number, inFlight: number): Promise<number> {
	const begun = performance.now();
	let left = runs;
	const loop = async () => {
		while (left-- > 0) await time("line", { steps: 1 });
	};
	await Promise.all(Array.from({ length: inFlight }, loop));
	return round((runs / (performance.now() - begun)) * 1_000);
}

const functions = [lineOf("line", true), lineOf("buffered", buffered), wide, beside];
await engine.start(serve({ client, functions }));
await engine.leading();
await throughput(200, 32);
const figures = {
	event_to_first_step_p50_ms: await medianOf(31, () => time("line", { steps: 1 }, "first")),
	line_of_40_ms: await medianOf(15, () => time("line", { steps: 40 })),
	line_of_40_buffered_ms: await medianOf(15, () => time("buffered", { steps: 40 })),
	line_of_500_buffered_ms: await medianOf(3, () => time("buffered", { steps: 500 })),
	per_node_in_a_branch_ms: round((await medianOf(7, () => time("beside", {}))) / 20),
	branches_100_of_20ms_ms: await medianOf(9, () => time("wide", { branches: 100 })),
	one_step_runs_per_s: await throughput(2_000, 32),
};
const standby = newEngine();
await standby.start(serve({ client, functions }));
const stopped = performance.now();
const [takeover] = await Promise.all([standby.leading().then(() => performance.now() - stopped), engine.stop()]);
report("engine", { ...figures, takeover_ms: round(takeover) });

await standby.stop();
await database.close();
await postgres.stop("at once");
await rm(directory, { recursive: true, force: true });
process.exit(0);
