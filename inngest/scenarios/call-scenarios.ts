import { NonRetriableError } from "inngest";
import { expect } from "vitest";
import type { Scenario } from "./scenario";

export const callScenarios: Scenario[] = [
	{
		id: "invoke",
		name: "a function invokes another and gets its result",
		functions: ({ client, probe, id }) => {
			const child = client.createFunction(
				{ id: `${id}-child`, triggers: [{ event: `${id}/child` }] },
				async ({ event, step }) => {
					const half = await step.run("half", () => event.data.n / 2);
					return { half };
				},
			);
			const parent = client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const results = await Promise.all(
					[2, 4, 6].map((n) => step.invoke(`call ${n}`, { function: child, data: { n } })),
				);
				await step.run("end", () => probe.note(`end ${results.map((result) => result.half)}`));
			});
			return [child, parent];
		},
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end 1,2,3");
			expect(probe.notes).toHaveLength(1);
		},
	},
	{
		id: "invoked-event",
		name: "an invoked function is told who invoked it, and every event has a user",
		functions: ({ client, probe, id }) => {
			const child = client.createFunction({ id: `${id}-child`, triggers: [{ event: `${id}/child` }] }, ({ event }) => ({
				given: event.data.n,
				source: String(event.data._inngest?.source_fn_id ?? "").length > 0,
				user: "user" in event ? typeof event.user : "none",
			}));
			const parent = client.createFunction({ id, triggers: [{ event: id }] }, async ({ event, step }) => {
				const told = await step.invoke("call", { function: child, data: { n: 1 } });
				await step.run("end", () =>
					probe.note(`end ${JSON.stringify({ ...told, own: "user" in event ? typeof event.user : "none" })}`),
				);
			});
			return [child, parent];
		},
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until('end {"given":1,"source":true,"user":"object","own":"object"}');
		},
	},
	{
		id: "invoke-failure",
		name: "the failure of an invoked function is an error in the caller",
		functions: ({ client, probe, id }) => {
			const child = client.createFunction(
				{ id: `${id}-child`, triggers: [{ event: `${id}/child` }], retries: 0 },
				async () => {
					throw new NonRetriableError("The child fell");
				},
			);
			const parent = client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const message = await step.invoke("call", { function: child, data: {} }).catch((e: Error) => e.message);
				await step.run("end", () => probe.note(`end ${message}`));
			});
			return [child, parent];
		},
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end The child fell");
		},
	},
	{
		id: "send-event",
		name: "an event sent in a step starts another function once",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const { ids } = await step.sendEvent("tell", { name: `${id}/told`, data: { word: "hello" } });
				await step.run("end", () => probe.note(`sent ${ids.length}`));
			}),
			client.createFunction({ id: `${id}-listener`, triggers: [{ event: `${id}/told` }] }, async ({ event, step }) => {
				await step.run("hear", () => probe.note(`heard ${event.data.word}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await Promise.all([probe.until("sent 1"), probe.until("heard hello")]);
			expect(probe.notes).toHaveLength(2);
		},
	},
];
