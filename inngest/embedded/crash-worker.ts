import { setTimeout } from "node:timers/promises";
import { Inngest } from "inngest";
import { openDatabase } from "@/db/client";
import { silentLogger } from "../scenarios/silent-logger";
import { createEmbeddedEngine } from "./create-embedded-engine";
import { serve } from "./serve";

/*
 * A worker for the crash tests: a process of its own, to be killed. Each execution of a step leaves a row in `effects`.
 * Arguments: the database's URL.
 */
const database = openDatabase(process.argv[2] ?? "", { max: 4 });
const log = { info: () => {}, warn: () => {}, error: console.error };
const engine = createEmbeddedEngine({ database, maxInFlight: 32, backoff: () => 10, log });
const client = new Inngest({ id: "crash", isDev: true, fetch: engine.fetch, logger: silentLogger });

async function leaveEffect(run: string, step: string): Promise<void> {
	await database.sql`insert into effects (run, step) values (${run}, ${step})`;
}

const line = client.createFunction(
	{ id: "line", triggers: [{ event: "line" }], retries: 0 },
	async ({ event, step }) => {
		const effect = (name: string) => step.run(name, () => leaveEffect(event.data.run, name));
		for (const n of [1, 2, 3]) await effect(`line ${n}`);
		await step.sleep("nap", "1s");
		await Promise.all([1, 2, 3].map((n) => effect(`parallel ${n}`)));
		await effect("end");
	},
);

const poison = client.createFunction(
	{
		id: "poison",
		triggers: [{ event: "poison" }],
		retries: 1,
		onFailure: ({ error }: { error: Error }) => leaveEffect("poison", `failed: ${error.message}`),
	},
	async ({ step }) => {
		await step.run("before", () => leaveEffect("poison", "before"));
		await step.run("kill", async () => {
			await leaveEffect("poison", "kill");
			process.kill(process.pid, "SIGKILL");
			await new Promise(() => {});
		});
	},
);

const bystander = client.createFunction(
	{ id: "bystander", triggers: [{ event: "bystander" }], retries: 0 },
	async ({ event, step }) => {
		await step.run("take a while", async () => {
			await setTimeout(700);
			await leaveEffect(event.data.run, "done");
		});
	},
);

await engine.start(serve({ client, functions: [line, poison, bystander] }));
await engine.leading();
process.send?.("leading");
