import { once } from "node:events";
import { createServer } from "node:http";
import { z } from "zod";
import { ensureBuilt } from "../server/launcher/build";
import { submitForm } from "../server/launcher/test-form";
import { findFreePort, newDataDirectory, startLauncher } from "../server/launcher/test-launcher";
import { type Plan, planSchema } from "../server/plan/plan";
import { report, round } from "./support/report";
import { machineLoad } from "./support/with-editor";

/**
 * The longest that `/api/health` takes while ten of the heaviest requests that are allowed come at once, for each of the
 * heaviest procedures, and while ten steps read an answer of two megabytes.
 */
const AT_ONCE = 10;

/** As many values as a plan may have. */
function manyValues(): Plan {
	const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, key) => [`k${key}`, key]));
	return planOf(95, () => ({ type: "transform", config: { code: "return 1", input } }));
}

/** As many mistakes as fit into a plan: each of the expressions' words is one. */
function manyMistakes(): Plan {
	const when = (n: number) => Array.from({ length: 24 }, (_, k) => `inputs.a${n} == ${k}`).join(" || ");
	return planOf(1_900, (n) => ({ type: "condition", config: { when: when(n) } }));
}

function planOf(size: number, step: (n: number) => object): Plan {
	const nodes = Array.from({ length: size }, (_, n) => ({ id: `n${n}`, name: "N", ...step(n) }));
	return planSchema.parse({ version: 1, nodes });
}

/** As many tokens as a file may have, all of them mistakes. */
function manyKeys(): string {
	const config = Array.from({ length: 12 }, (_, n) => `wrong${n}: 1`).join(", ");
	const node = (n: number) => `\n  - { id: n${n}, type: comment, name: N, config: { ${config} } }`;
	return `version: 1\nname: a\nnodes:${Array.from({ length: 1_500 }, (_, n) => node(n)).join("")}`;
}

interface App {
	call(kind: "query" | "mutation", path: string, input: object): Promise<{ status: number; json: unknown }>;
	health(): Promise<void>;
}

/** Signed in as the demo user. */
async function enter(origin: string): Promise<App> {
	const cookie = cookieOf(await submitForm(origin, { next: "/" }));
	return {
		async call(kind, path, input) {
			const json = JSON.stringify({ json: { team: "demo", ...input } });
			const url = `${origin}/api/trpc/${path}`;
			const response =
				kind === "query"
					? await fetch(`${url}?input=${encodeURIComponent(json)}`, { headers: { cookie } })
					: await fetch(url, { method: "POST", body: json, headers: { cookie, "content-type": "application/json" } });
			const answer = await response.json();
			return { status: response.status, json: answer.result?.data.json ?? answer };
		},
		async health() {
			const response = await fetch(`${origin}/api/health`);
			await response.text();
		},
	};
}

function cookieOf(response: Response): string {
	return response.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");
}

/** The longest a health check takes while the work goes on, in milliseconds. */
async function longestDelay({ health }: App, work: () => Promise<unknown>): Promise<number> {
	await health();
	let isDone = false;
	const done = work().finally(() => {
		isDone = true;
	});
	let longest = 0;
	while (!isDone) {
		const start = performance.now();
		await health();
		longest = Math.max(longest, performance.now() - start);
	}
	await done;
	return round(longest);
}

/** @param expected what each is answered: a request that is refused at the door measures nothing */
const tenTimes = (request: () => Promise<{ status: number }>, expected: number) => async () => {
	const answers = await Promise.all(Array.from({ length: AT_ONCE }, request));
	const others = answers.filter(({ status }) => status !== expected);
	if (others.length > 0) throw new Error(`Not ${expected}: ${JSON.stringify(others).slice(0, 500)}`);
};

async function addWorkflow(app: App, name: string, plan: object): Promise<string> {
	const created = await app.call("mutation", "workflows.create", { name });
	const { slug } = z.object({ slug: z.string() }).parse(created.json);
	const saved = await app.call("mutation", "workflows.saveDraft", { slug, plan, revision: 1 });
	if (saved.status !== 200) throw new Error(`The plan was not saved: ${JSON.stringify(saved.json).slice(0, 500)}`);
	return slug;
}

const runList = z.object({ items: z.array(z.object({ status: z.string() })) });

/** Ten runs whose only step reads as many values as two megabytes can hold. */
async function readAnswers(app: App): Promise<number> {
	const body = `[${Array(650_000).fill("{}").join(",")}]`;
	const server = createServer((_, response) => response.setHeader("content-type", "application/json").end(body));
	await once(server.listen(0, "127.0.0.1"), "listening");
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	const config = { url: `http://127.0.0.1:${port}/` };
	const slug = await addWorkflow(
		app,
		"Answers",
		planOf(1, () => ({ type: "http-request", config })),
	);
	await app.call("mutation", "workflows.publish", { slug, revision: 2 });
	const run = () => app.call("mutation", "runs.start", { slug, input: {}, requestId: crypto.randomUUID() });
	const delay = await longestDelay(app, async () => {
		await tenTimes(run, 200)();
		for (let open = AT_ONCE; open > 0; ) {
			const list = await app.call("query", "runs.list", { slug, limit: AT_ONCE });
			const { items } = runList.parse(list.json);
			open = items.filter(({ status }) => status === "queued" || status === "running").length;
		}
	});
	server.close();
	return delay;
}

async function measure(app: App): Promise<Record<string, number>> {
	const [values, mistakes] = [manyValues(), manyMistakes()];
	const ofValues = await addWorkflow(app, "Values", values);
	const ofMistakes = await addWorkflow(app, "Mistakes", mistakes);
	const names = Object.fromEntries(Array.from({ length: 115_000 }, (_, n) => [`k${n}`, {}]));
	const delayOf = (expected: number, ...[kind, path, input]: Parameters<App["call"]>) =>
		longestDelay(
			app,
			tenTimes(() => app.call(kind, path, input), expected),
		);
	const values2 = { slug: ofValues, revision: 2 };
	return {
		import_mistakes: await delayOf(200, "mutation", "workflows.importYaml", { yaml: manyKeys() }),
		save_values: await delayOf(200, "mutation", "workflows.saveDraft", { ...values2, plan: values }),
		save_mistakes: await delayOf(200, "mutation", "workflows.saveDraft", {
			slug: ofMistakes,
			revision: 2,
			plan: mistakes,
		}),
		draft_mistakes: await delayOf(200, "query", "workflows.draft", { slug: ofMistakes }),
		draft_values: await delayOf(200, "query", "workflows.draft", { slug: ofValues }),
		publish_values: await delayOf(200, "mutation", "workflows.publish", { slug: ofValues, revision: 3 }),
		export_values: await delayOf(200, "query", "workflows.exportYaml", { slug: ofValues }),
		start_names: await delayOf(400, "mutation", "runs.start", {
			slug: ofValues,
			input: names,
			requestId: crypto.randomUUID(),
		}),
		answers: await readAnswers(app),
	};
}

await ensureBuilt(process.cwd());
const data = newDataDirectory();
const launcher = startLauncher({
	WEFT_DATA_DIR: data.directory,
	PORT: String(await findFreePort()),
	WEFT_DEMO_LOGIN: "on",
	WEFT_ALLOW_ADDRESSES: "127.0.0.0/8",
});
await launcher.ready();
try {
	const delays = await measure(await enter(launcher.origin));
	report("health-under-load", { at_once: AT_ONCE, ...delays, budget_ms: 1_000, machine_load: machineLoad() });
} finally {
	launcher.kill("SIGTERM");
	await launcher.ended;
	data.remove();
}
process.exit(0);
