import { report, round } from "./support/report";
import { withWorker } from "./support/with-worker";

/** Runs of one step, 32 in flight, for ten seconds; then a hundred runs through a kill -9 of the worker. */
const one = {
	version: 1,
	nodes: [{ id: "only", type: "condition", name: "Only", config: { when: "true" } }],
	edges: [],
};
const slow = {
	version: 1,
	nodes: Array.from({ length: 5 }, (_, index) => ({
		id: `n${index}`,
		type: "shell",
		name: `Step ${index}`,
		config: { command: "sleep 0.05" },
	})),
	edges: Array.from({ length: 4 }, (_, index) => ({ from: `n${index}`, to: `n${index + 1}` })),
};

await withWorker(async (fixture) => {
	const { store, ended } = fixture;
	const start = await store(one);
	async function sustain(ms: number): Promise<number> {
		const until = performance.now() + ms;
		let done = 0;
		const lane = async () => {
			for (; performance.now() < until; done++) await ended(await start());
		};
		await Promise.all(Array.from({ length: 32 }, lane));
		return done / (ms / 1000);
	}
	await sustain(2_000);
	const rate = await sustain(10_000);
	const startSlow = await store(slow);
	const runs = await Promise.all(Array.from({ length: 100 }, startSlow));
	const ends = runs.map(ended);
	await Promise.race(ends);
	const killed = performance.now();
	await fixture.replaceWorker();
	const statuses = await Promise.all(ends);
	report("run-throughput", {
		one_step_runs_per_s_32_in_flight: round(rate),
		runs_completed_of_100_after_kill: statuses.filter((status) => status === "completed").length,
		kill_to_all_completed_ms: round(performance.now() - killed),
	});
});
process.exit(0);
