import { group } from "inngest";
import { expect } from "vitest";
import type { Scenario } from "./scenario";

export const waitScenarios: Scenario[] = [
	{
		id: "sleep",
		name: "a run sleeps and goes on, in a line and beside other steps",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const began = await step.run("begin", () => Date.now());
				await step.sleep("a second", "1s");
				const awake = await step.run("awake", () => Date.now());
				probe.note(awake - began >= 990 ? "slept" : "woke early");
				await Promise.all([step.sleepUntil("a moment", new Date(awake + 1_100)), step.run("beside", () => {})]);
				await step.run("end", () => probe.note(Date.now() - awake >= 990 ? "end" : "end too early"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
			expect(new Set(probe.notes)).toEqual(new Set(["slept", "end"]));
		},
	},
	{
		id: "past",
		name: "sleeping until a moment in the past does not wait",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				await step.sleepUntil("long ago", new Date("2001-01-01T00:00:00Z"));
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
		},
	},
	{
		id: "wait-match",
		name: "a run waits for the event that matches it, not for another run's",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step, event }) => {
				const found = await step.waitForEvent("wait", { event: `${id}/go`, match: "data.key", timeout: "1m" });
				await step.run("end", () => probe.note(`end ${event.data.key} ${found?.data.word}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send([
				{ name: id, data: { key: "a" } },
				{ name: id, data: { key: "b" } },
			]);
			const go = (key: string, word: string) => () => client.send({ name: `${id}/go`, data: { key, word } });
			await probe.repeatUntil("end a first", go("a", "first"));
			await probe.repeatUntil("end b second", go("b", "second"));
			expect(probe.notes).toEqual(["end a first", "end b second"]);
		},
	},
	{
		id: "wait-if",
		name: "a run waits for an event that its expression accepts; a missing key is null",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const condition = "async.data.size > event.data.least && !(async.data.draft == true)";
				const found = await step.waitForEvent("wait", { event: `${id}/go`, if: condition, timeout: "1m" });
				await step.run("end", () => probe.note(`end ${found?.data.size}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id, data: { least: 10 } });
			await probe.repeatUntil("end 11", () =>
				client.send([
					{ name: `${id}/go`, data: { size: 10 } },
					{ name: `${id}/go`, data: { size: 12, draft: true } },
					{ name: `${id}/go`, data: { size: 11 } },
				]),
			);
			expect(probe.notes).toEqual(["end 11"]);
		},
	},
	{
		id: "wait-timeout",
		name: "a wait that ends without its event gives null",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const found = await step.waitForEvent("wait", { event: `${id}/never`, timeout: "1s" });
				await step.run("end", () => probe.note(`end ${found}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end null");
		},
	},
	{
		id: "wait-beside",
		name: "a branch that waits does not hold back the one beside it",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const waiting = async () => {
					const found = await step.waitForEvent("wait", { event: `${id}/go`, timeout: "1m" });
					await step.run("after wait", () => probe.note(`after wait ${found?.name === `${id}/go`}`));
				};
				const working = async () => {
					for (const n of [1, 2, 3]) await step.run(`work ${n}`, () => probe.note(`work ${n}`));
				};
				await group.parallel({ mode: "race" }, () => Promise.all([waiting(), working()]));
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("work 3");
			await probe.repeatUntil("end", () => client.send({ name: `${id}/go` }));
			expect(probe.notes).toEqual(["work 1", "work 2", "work 3", "after wait true", "end"]);
		},
	},
];
