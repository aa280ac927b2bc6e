import { median, quantile, report } from "./support/report";
import { withWorker } from "./support/with-worker";

/** A shell step, from its start to its record. */
const plan = {
	version: 1,
	nodes: [{ id: "shell", type: "shell", name: "Shell", config: { command: "true" } }],
	edges: [],
};

await withWorker(async ({ database, store, ended }) => {
	const start = await store(plan);
	const samples: number[] = [];
	for (let n = -2; n < 31; n++) {
		const runId = await start();
		await ended(runId);
		const [row] = await database.sql<{ ms: number }[]>`
			select extract(epoch from ended_at - started_at)::float8 * 1000 as ms from run_steps where run_id = ${runId}`;
		if (n >= 0 && row) samples.push(row.ms);
	}
	report("run-shell", { start_to_recorded_p50_ms: median(samples), start_to_recorded_p95_ms: quantile(samples, 0.95) });
});
process.exit(0);
