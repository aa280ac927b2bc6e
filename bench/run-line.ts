import { median, quantile, report, round } from "./support/report";
import { withWorker } from "./support/with-worker";

/** Trivial nodes in a line, everything recorded: from the request to the end, and to the first step's start. */
const line = (count: number) => ({
	version: 1,
	nodes: Array.from({ length: count }, (_, index) => ({
		id: `n${index}`,
		type: "condition",
		name: `Step ${index}`,
		config: { when: "true" },
	})),
	edges: Array.from({ length: count - 1 }, (_, index) => ({ from: `n${index}`, port: "true", to: `n${index + 1}` })),
});

await withWorker(async ({ database, store, ended }) => {
	async function time(count: number, runs: number): Promise<{ whole: number[]; first: number[] }> {
		const start = await store(line(count));
		const samples = { whole: [] as number[], first: [] as number[] };
		for (let n = -2; n < runs; n++) {
			const begun = performance.now();
			const runId = await start();
			const status = await ended(runId);
			const whole = performance.now() - begun;
			if (status !== "completed") throw new Error(`A run ended ${status}.`);
			const [row] = await database.sql<{ ms: number }[]>`
				select extract(epoch from (select at from run_events where run_id = ${runId} and type = 'step.started' order by seq limit 1)
					- created_at)::float8 * 1000 as ms from runs where id = ${runId}`;
			if (n >= 0) {
				samples.whole.push(whole);
				samples.first.push(row?.ms ?? Number.NaN);
			}
		}
		return samples;
	}
	const short = await time(40, 21);
	const middle = await time(200, 7);
	const long = await time(500, 5);
	report("run-line", {
		nodes40_ms: median(short.whole),
		nodes200_ms: median(middle.whole),
		nodes500_ms: median(long.whole),
		per_further_node_ms: round((median(long.whole) - median(short.whole)) / 460),
		requested_to_first_step_p50_ms: median(short.first),
		requested_to_first_step_p95_ms: quantile(short.first, 0.95),
	});
});
process.exit(0);
