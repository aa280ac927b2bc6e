import { type FailureEventArgs, NonRetriableError, RetryAfterError } from "inngest";
import { expect } from "vitest";
import type { Scenario } from "./scenario";

export const failureScenarios: Scenario[] = [
	{
		id: "retry-after",
		name: "a failed step is tried again when it asked to be, and its predecessors are not",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }], retries: 3 }, async ({ step, attempt }) => {
				await step.run("before", () => probe.note("before"));
				await step.run("flaky", () => {
					probe.note(`attempt ${attempt}`);
					if (attempt < 2) throw new RetryAfterError("Not yet", 1_000);
				});
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
			expect(probe.notes).toEqual(["before", "attempt 0", "attempt 1", "attempt 2", "end"]);
		},
	},
	{
		id: "retry-beside",
		name: "a step that is tried again does not disturb the one beside it",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }], retries: 2 }, async ({ step, attempt }) => {
				await Promise.all([
					step.run("steady", () => probe.note("steady")),
					step.run("flaky", () => {
						probe.note(`attempt ${attempt}`);
						if (attempt === 0) throw new RetryAfterError("Not yet", 1_000);
					}),
				]);
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
			expect([...probe.notes].sort()).toEqual(["attempt 0", "attempt 1", "end", "steady"]);
		},
	},
	{
		id: "caught",
		name: "a function catches the error of a step that must not be retried, and goes on",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }], retries: 3 }, async ({ step }) => {
				const message = await step
					.run("broken", () => {
						probe.note("broken");
						throw new NonRetriableError("It is broken");
					})
					.catch((error: Error) => error.message);
				await step.run("end", () => probe.note(`end ${message}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end It is broken");
			expect(probe.notes).toEqual(["broken", "end It is broken"]);
		},
	},
	{
		id: "exhausted",
		name: "a step that failed on its last attempt throws in the function",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }], retries: 1 }, async ({ step }) => {
				const message = await step
					.run("broken", () => {
						probe.note("broken");
						throw new RetryAfterError("Still broken", 1_000);
					})
					.catch((error: Error) => error.message);
				await step.run("end", () => probe.note(`end ${message}`));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end Still broken");
			expect(probe.count("broken")).toBe(2);
		},
	},
	{
		id: "on-failure",
		name: "a failed run calls its onFailure with the error and the event",
		functions: ({ client, probe, id }) => [
			client.createFunction(
				{
					id,
					triggers: [{ event: id }],
					retries: 0,
					onFailure: ({ error, event }: FailureEventArgs) =>
						probe.note(`failed ${error.message} ${event.data.event.data.n}`),
				},
				async ({ step }) => {
					await step.run("fine", () => probe.note("fine"));
					throw new Error("Out of luck");
				},
			),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id, data: { n: 7 } });
			await probe.until("failed Out of luck 7");
			expect(probe.count("fine")).toBe(1);
		},
	},
	{
		id: "function-retry",
		name: "a function that throws between its steps is tried again without repeating them",
		functions: ({ client, probe, id }) => [
			client.createFunction({ id, triggers: [{ event: id }], retries: 2 }, async ({ step, attempt }) => {
				await step.run("before", () => probe.note("before"));
				if (attempt === 0) throw new RetryAfterError("Not yet", 1_000);
				await step.run("end", () => probe.note("end"));
			}),
		],
		async play({ client, probe, id }) {
			await client.send({ name: id });
			await probe.until("end");
			expect(probe.notes).toEqual(["before", "end"]);
		},
	},
];
