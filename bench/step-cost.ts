import { startTestServer } from "../server/http/test-server";
import { median, report, round } from "./support/report";
import { withWorker } from "./support/with-worker";

/** What a step costs in a line of them, in units of one durable commit measured in the same run. */
const line = (count: number, step: (index: number) => { type: string; config: object; port: string }) => {
	const steps = Array.from({ length: count }, (_, index) => step(index));
	return {
		version: 1,
		nodes: steps.map(({ type, config }, index) => ({ id: `n${index}`, type, name: `Step ${index}`, config })),
		edges: steps.slice(1).map((_, index) => ({ from: `n${index}`, port: steps[index]?.port, to: `n${index + 1}` })),
	};
};

await withWorker(async ({ database, store, ended }) => {
	const { sql } = database;
	const server = await startTestServer((_request, response) => response.end("ok"));
	await sql`create table bench_commits (n int)`;

	async function commit(): Promise<number> {
		const begun = performance.now();
		await sql`insert into bench_commits values (1)`;
		return performance.now() - begun;
	}

	async function perStep(step: Parameters<typeof line>[1], { short, long }: { short: number; long: number }) {
		const starts = { short: await store(line(short, step)), long: await store(line(long, step)) };
		async function time(start: () => Promise<string>): Promise<number> {
			const begun = performance.now();
			const status = await ended(await start());
			if (status !== "completed") throw new Error(`A run ended ${status}.`);
			return performance.now() - begun;
		}
		const samples: number[] = [];
		for (let n = -1; n < 9; n++) {
			const [a, b] = [await time(starts.short), await time(starts.long)];
			if (n >= 0) samples.push((b - a) / (long - short));
		}
		return median(samples);
	}

	const commits: number[] = [];
	for (let n = 0; n < 200; n++) commits.push(await commit());
	const one = median(commits);
	const free = await perStep(() => ({ type: "condition", config: { when: "true" }, port: "true" }), {
		short: 20,
		long: 220,
	});
	const url = `${server.origin}/`;
	const effect = await perStep(() => ({ type: "http-request", config: { url }, port: "out" }), { short: 10, long: 60 });
	const requests: number[] = [];
	for (let n = 0; n < 100; n++) {
		const begun = performance.now();
		await (await fetch(url)).text();
		requests.push(performance.now() - begun);
	}
	report("step-cost", {
		commit_ms: one,
		effect_free_ms: free,
		effect_free_commits: round(free / one),
		http_ms: effect,
		request_alone_ms: median(requests),
		http_commits: round((effect - median(requests)) / one),
	});
	await server.close();
});
process.exit(0);
