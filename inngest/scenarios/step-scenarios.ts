import { group } from "inngest";
import { expect } from "vitest";
import type { Scenario } from "./scenario";

export const stepScenarios: Scenario[] = [
	{
		id: "in-order",
		name: "steps run once each, in order, and keep their results",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step, event }) => {
				const one = await step.run("one", () => {
					probe.note("one");
					return { n: event.data.n, text: "ünïcode \u0000 \ud83d\ude00" };
				});
				const two = await step.run("two", () => {
					probe.note("two");
					return one.n + 1;
				});
				const nothing = await step.run("nothing", () => {});
				probe.note(`end ${two} ${one.text} ${nothing}`);
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id, data: { n: 1 } });
			await probe.until("end 2 ünïcode \u0000 \ud83d\ude00 null");
			expect(probe.notes.filter((note) => !note.startsWith("end"))).toEqual(["one", "two"]);
		},
	},
	{
		id: "repeated",
		name: "a step id used again is another step",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const results: number[] = [];
				for (const n of [1, 2, 3]) results.push(await step.run("same", () => n));
				await step.run("end", () => probe.note(`end ${results}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end 1,2,3");
		},
	},
	{
		id: "all",
		name: "parallel steps run once each and are joined in the order written",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const run = (n: number) =>
					step.run(`step ${n}`, () => {
						probe.note(`step ${n}`);
						return n;
					});
				const results = await Promise.all([1, 2, 3, 4, 5].map(run));
				await step.run("end", () => probe.note(`end ${results}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end 1,2,3,4,5");
			expect([...probe.notes].sort()).toEqual(["end 1,2,3,4,5", "step 1", "step 2", "step 3", "step 4", "step 5"]);
		},
	},
	{
		id: "free-branches",
		name: "a slow branch does not hold back a quick one",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const quick = async () => {
					for (const n of [1, 2, 3]) await step.run(`quick ${n}`, () => probe.note(`quick ${n}`));
				};
				// Ends only after the third quick step: an engine that makes branches wait never gets there.
				const slow = () => step.run("slow", () => probe.until("quick 3"));
				await group.parallel({ mode: "race" }, () => Promise.all([slow(), quick()]));
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
			expect(probe.notes).toEqual(["quick 1", "quick 2", "quick 3", "end"]);
		},
	},
	{
		id: "wide",
		name: "fifty branches of two steps and a line after them run every step once",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const branch = async (n: number) => {
					await step.run(`a ${n}`, () => probe.note("a"));
					await step.run(`b ${n}`, () => probe.note("b"));
				};
				const line = (n: number) => step.run(`line ${n}`, () => probe.note("line"));
				// Branches that end at once each enter the function again. Where two of them find the next step outside the
				// group, an Inngest server may lose the run: a group lasts until one step has run alone, as in our walk.
				await group.parallel({ mode: "race" }, async () => {
					await Promise.all(Array.from({ length: 50 }, (_, n) => branch(n)));
					await line(1);
				});
				for (const n of [2, 3]) await line(n);
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id, mayRepeat }) {
			await client.send({ name: id });
			await probe.until("end");
			expect(new Set(probe.notes)).toEqual(new Set(["a", "b", "line", "end"]));
			if (!mayRepeat) expect([probe.count("a"), probe.count("b"), probe.count("line")]).toEqual([50, 50, 3]);
		},
	},
	{
		id: "first-wins",
		name: "a race goes on with the first step that ends",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
				const winner = await group.parallel({ mode: "race" }, () =>
					Promise.race([
						step.run("late", async () => {
							await probe.until("after quick");
							return "late";
						}),
						step.run("quick", () => "quick"),
					]),
				);
				await step.run("after", () => probe.note(`after ${winner}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("after quick");
			expect(probe.notes).toEqual(["after quick"]);
		},
	},
];
