import { createServer } from "node:http";
import { median, report } from "./support/report";
import { withWorker } from "./support/with-worker";

/**
 * A hundred branches side by side, each an HTTP call that takes 20 ms; the overhead of a for-each of 300 items; and twenty
 * transforms in a line, alone and beside a delay that outlasts them.
 */
const server = createServer((_request, response) => {
	setTimeout(() => response.end("ok"), 20);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

const branches = {
	version: 1,
	nodes: [
		{ id: "begin", type: "condition", name: "Begin", config: { when: "true" } },
		...Array.from({ length: 100 }, (_, index) => ({
			id: `call${index}`,
			type: "http-request",
			name: `Call ${index}`,
			config: { url: `http://127.0.0.1:${port}/${index}` },
		})),
		{ id: "join", type: "condition", name: "Join", config: { when: "true" } },
	],
	edges: Array.from({ length: 100 }, (_, index) => [
		{ from: "begin", port: "true", to: `call${index}` },
		{ from: `call${index}`, to: "join" },
	]).flat(),
};
const forEach = (parallel: number) => ({
	version: 1,
	nodes: [
		{
			id: "each",
			type: "for-each",
			name: "Each",
			config: { items: Array.from({ length: 300 }, (_, index) => index), parallel },
		},
		{ id: "inside", type: "condition", name: "Inside", parent: "each", config: { when: "item >= 0" } },
	],
	edges: [],
});

const transforms = (isBesideDelay: boolean) => {
	const ids = Array.from({ length: 20 }, (_, index) => `t${index}`);
	return {
		version: 1,
		nodes: [
			...ids.map((id) => ({ id, type: "transform", name: id, config: { code: "return 1" } })),
			...(isBesideDelay ? [{ id: "wait", type: "delay", name: "Wait", config: { seconds: 1 } }] : []),
		],
		edges: ids.slice(1).map((to, index) => ({ from: `t${index}`, to })),
	};
};

await withWorker(async ({ database, store, ended }) => {
	async function time(plan: unknown, runs: number): Promise<number> {
		const start = await store(plan);
		const samples: number[] = [];
		for (let n = -1; n < runs; n++) {
			const begun = performance.now();
			const status = await ended(await start());
			if (status !== "completed") throw new Error(`A run ended ${status}.`);
			if (n >= 0) samples.push(performance.now() - begun);
		}
		return median(samples);
	}
	/** From the request to the record of the last transform. */
	async function timeTransforms(isBesideDelay: boolean): Promise<number> {
		const start = await store(transforms(isBesideDelay));
		const samples: number[] = [];
		for (let n = -1; n < 9; n++) {
			const runId = await start();
			await ended(runId);
			const [row] = await database.sql<{ ms: number }[]>`
				select extract(epoch from max(e.at) - min(r.created_at))::float8 * 1000 as ms
				from run_events e join runs r on r.id = e.run_id
				where r.id = ${runId} and e.type = 'step.completed' and e.node_id like 't%'`;
			if (n >= 0) samples.push(row?.ms ?? Number.NaN);
		}
		return median(samples);
	}
	const alone = await timeTransforms(false);
	const besideDelay = await timeTransforms(true);
	report("run-parallel", {
		branches100_of_20ms_ms: await time(branches, 9),
		for_each_300_one_by_one_ms: await time(forEach(1), 5),
		for_each_300_ten_at_once_ms: await time(forEach(10), 5),
		transforms20_ms: alone,
		transforms20_beside_delay_ms: besideDelay,
	});
});
process.exit(0);
