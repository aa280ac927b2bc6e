import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { FatalError, RetryableError } from "@/server/errors";
import { createDemoProvider } from "@/server/llm/demo";
import { userMessage } from "@/server/llm/messages";
import type { FindProvider } from "@/server/llm/provider";
import { testUsage } from "@/server/model-calls/test-usage";
import type { Usage } from "@/server/runs/events";
import { limitProviders } from "./provider-limits";

let database: TestDatabase;
let other: ReturnType<typeof openDatabase>;

beforeAll(async () => {
	database = await createTestDatabase();
	other = openDatabase(database.url, { max: 4 });
});
afterAll(async () => {
	await other.close();
	await database.drop();
});

const demo = createDemoProvider({ msPerWord: 0 });
const request = { model: "m", messages: [userMessage("Hi")], maxTokens: 100 };
const options = (signal = new AbortController().signal) => ({ signal, onToken: () => undefined });

test("two workers keep to the calls at once that the administrator allows, and a place is free again after a failure", async () => {
	let [running, most, fails] = [0, 0, true];
	const find: FindProvider = (name) => ({
		name,
		async complete(...call) {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			if (!fails) return await demo.complete(...call);
			fails = false;
			throw new RetryableError("It broke off.");
		},
	});
	const limits = { openai: { atOnce: 2, perMinute: 0 } };
	const workers = [limitProviders(find, database, limits), limitProviders(find, other, limits)];
	const calls = Array.from({ length: 8 }, (_, index) => workers[index % 2]?.("openai").complete(request, options()));
	const ended = await Promise.allSettled(calls);
	expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
	expect(most).toBeLessThanOrEqual(2);
	const left = await database.sql`select key from rate_limits where key like 'llm-place:%'`;
	expect(left).toEqual([]);
});

test("a call that waits for its turn ends with its signal", async () => {
	const find = limitProviders((name) => ({ ...demo, name }), database, { gemini: { atOnce: 0, perMinute: 1 } });
	await find("gemini").complete(request, options());
	const controller = new AbortController();
	const waiting = find("gemini").complete(request, options(controller.signal));
	const reason = new Error("cancelled by Mara");
	controller.abort(reason);
	await expect(waiting).rejects.toBe(reason);
});

test("all workers keep to the wait that a provider asks for, by key", async () => {
	const asked: string[] = [];
	const find: FindProvider = (name, { apiKey = "server" } = {}) => ({
		name,
		complete: async (...call) => {
			asked.push(apiKey);
			if (apiKey === "server") throw new RetryableError("The rate limit is reached.", 30);
			return await demo.complete(...call);
		},
	});
	const here = limitProviders(find, database, {});
	const there = limitProviders(find, other, {});
	await expect(here("anthropic").complete(request, options())).rejects.toThrow("rate limit");
	const told = there("anthropic").complete(request, options());
	await expect(told).rejects.toThrow("anthropic has asked this server to wait");
	await expect(told).rejects.toMatchObject({ retryAfterSeconds: expect.any(Number) });
	await there("anthropic", { apiKey: "a key of a team" }).complete(request, options());
	expect(asked).toEqual(["server", "a key of a team"]);
	// At the server's own address, too, only that key is told to wait.
	const own = limitProviders((...of) => ({ ...find(...of), isServerAddress: true }), other, {});
	await own("anthropic", { apiKey: "another of a team" }).complete(request, options());
	const keys = await database.sql<{ key: string }[]>`select key from rate_limits`;
	expect(JSON.stringify(keys)).not.toContain("a key of a team");
});

test("whoever makes a key up for the server's own address keeps to its limits, and a call is admitted when its turn has come", async () => {
	let [running, most, begun] = [0, 0, 0];
	const find: FindProvider = (name) => ({
		...{ name, isServerAddress: true },
		async complete(...call) {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			return await demo.complete(...call);
		},
	});
	const limited = limitProviders(find, database, { openai: { atOnce: 1, perMinute: 0 } });
	const admit = async () => {
		begun += 1;
		expect(running).toBe(0);
		if (begun > 2) throw new FatalError("The budget is spent.");
	};
	const calls = ["", "a", "b", "c"].map((apiKey) => limited("openai", { apiKey, admit }).complete(request, options()));
	const ended = await Promise.allSettled(calls);
	expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
	expect(most).toBe(1);
});

test("a step pays for an answer that broke off, as far as it came, and not for one that never began", async () => {
	const kept: Usage[] = [];
	const usage = testUsage({ estimated: true });
	const find =
		(piece: string): FindProvider =>
		(name) => ({
			name,
			estimate: (_, said) => ({ ...usage, outputTokens: said.length }),
			async complete(_, { onToken }) {
				if (piece !== "") onToken(piece);
				throw new RetryableError("The answer broke off.");
			},
		});
	for (const piece of ["half", ""]) {
		const limited = limitProviders(find(piece), database, {})("openai", { keepCut: (cut) => void kept.push(cut) });
		await expect(limited.complete(request, options())).rejects.toThrow("broke off");
	}
	expect(kept).toEqual([{ ...usage, outputTokens: 4 }]);
});
