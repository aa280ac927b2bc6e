import { expect } from "vitest";
import type { Scenario } from "./scenario";

export const controlScenarios: Scenario[] = [
	{
		id: "filter",
		name: "a trigger's expression decides which events start a run",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id, if: "event.data.size >= 2" }] }, async ({ event, step }) => {
				await step.run("end", () => probe.note(`end ${event.data.size}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send([1, 2, 3].map((size) => ({ name: id, data: { size } })));
			await Promise.all([probe.until("end 2"), probe.until("end 3")]);
			expect(probe.count("end 1")).toBe(0);
		},
	},
	{
		id: "cancel",
		name: "an event cancels the runs that match it, and only these",
		functions: ({ client, probe, id }) => [
			client.createFunction(
				{ id, triggers: [{ event: id }], cancelOn: [{ event: `${id}/stop`, match: "data.key" }] },
				async ({ event, step }) => {
					await step.run("begin", () => probe.note(`begin ${event.data.key}`));
					await step.waitForEvent("wait", { event: `${id}/go`, match: "data.key", timeout: "1m" });
					await step.run("end", () => probe.note(`end ${event.data.key}`));
				},
			),
		],
		async play({ client, probe, id }) {
			await client.send(["a", "b"].map((key) => ({ name: id, data: { key } })));
			await Promise.all([probe.until("begin a"), probe.until("begin b")]);
			await client.send({ name: `${id}/stop`, data: { key: "a" } });
			await probe.repeatUntil("end b", () =>
				client.send(["a", "b"].map((key) => ({ name: `${id}/go`, data: { key } }))),
			);
			expect(probe.count("end a")).toBe(0);
		},
	},
	{
		id: "cancel-if",
		name: "a run is cancelled in the middle of its steps by an expression",
		functions: ({ client, probe, id }) => [
			client.createFunction(
				{
					id,
					triggers: [{ event: id }],
					cancelOn: [{ event: `${id}/stop`, if: "async.data.level > event.data.level" }],
				},
				async ({ event, step }) => {
					await step.run("begin", () => probe.note(`begin ${event.data.level}`));
					await step.sleep("nap", "2s");
					await step.run("end", () => probe.note(`end ${event.data.level}`));
				},
			),
		],
		async play({ client, probe, id }) {
			await client.send([1, 5].map((level) => ({ name: id, data: { level } })));
			await Promise.all([probe.until("begin 1"), probe.until("begin 5")]);
			await client.send({ name: `${id}/stop`, data: { level: 3 } });
			await probe.until("end 5");
			expect(probe.count("end 1")).toBe(0);
		},
	},
	{
		id: "duplicate",
		name: "an event that is sent twice starts one run",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ event, step }) => {
				await step.run("end", () => probe.note(`end ${event.data.n}`));
			}),
		],
		async play({ client, probe, id }) {
			const twice = { id: `${id}-${crypto.randomUUID()}`, name: id, data: { n: 1 } };
			await client.send([twice, twice]);
			await client.send(twice);
			await client.send({ name: id, data: { n: 2 } });
			await Promise.all([probe.until("end 1"), probe.until("end 2")]);
			expect(probe.notes).toHaveLength(2);
		},
	},
	{
		id: "idempotency",
		name: "a function with an idempotency key starts once per key",
		functions: ({ client, probe, id }) => [
			client.createFunction(
				{ id, triggers: [{ event: id }], idempotency: "event.data.key" },
				async ({ event, step }) => {
					await step.run("end", () => probe.note(`end ${event.data.key}`));
				},
			),
		],
		async play({ client, probe, id }) {
			const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
			await client.send([a, a].map((key) => ({ name: id, data: { key } })));
			await client.send({ name: id, data: { key: a } });
			await client.send({ name: id, data: { key: b } });
			await Promise.all([probe.until(`end ${a}`), probe.until(`end ${b}`)]);
			expect(probe.notes).toHaveLength(2);
		},
	},
	{
		id: "future",
		name: "an event of the future starts its run when the time comes",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ event, step }) => {
				const due = event.data.due as number;
				await step.run("end", () => probe.note(Date.now() >= due - 10 ? "end" : "end too early"));
			}),
		],
		async play({ client, probe, id }) {
			const due = Date.now() + 1_500;
			await client.send({ name: id, data: { due }, ts: due });
			await probe.until("end");
			expect(probe.notes).toEqual(["end"]);
		},
	},
	{
		id: "concurrency",
		name: "steps of one key execute one at a time, those of another key beside them",
		functions: ({ client, probe, id }) => {
			const executing = new Map<string, number>();
			const concurrency = { key: "event.data.key", limit: 1 };
			return [
				client.createFunction({ id, triggers: [{ event: id }], concurrency }, async ({ event, step }) => {
					const key = String(event.data.key);
					await step.run("work", async () => {
						executing.set(key, (executing.get(key) ?? 0) + 1);
						if (executing.get(key) !== 1) probe.note(`two of ${key}`);
						probe.note(`begin ${key}`);
						// Each key's first step ends only when the other key's has begun: they must execute side by side.
						await probe.until(key === "a" ? "begin b" : "begin a");
						executing.set(key, (executing.get(key) ?? 1) - 1);
					});
					await step.run("end", () => probe.note(`end ${key}`));
				}),
			];
		},
		async play({ client, probe, id }) {
			const keys = ["a", "a", "a", "b", "b", "b"];
			await client.send(keys.map((key) => ({ name: id, data: { key } })));
			await Promise.all([probe.until("end a", 3), probe.until("end b", 3)]);
			expect([probe.count("two of a"), probe.count("two of b")]).toEqual([0, 0]);
		},
	},
];
