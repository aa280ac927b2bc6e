import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.drop();
});

/** A listener that is left on a signal keeps its attempt: some kilobytes a step, a quarter of a megabyte a run. */
const MAX_GROWTH = 6_000_000;

test("a worker's memory is the same after a hundred runs", { timeout: 90_000 }, async () => {
	const file = fileURLToPath(new URL("./memory-worker.ts", import.meta.url));
	const worker = fork(file, [database.url], { execArgv: ["--import", "tsx", "--expose-gc"] });
	onTestFinished(() => void worker.kill("SIGKILL"));
	const heap = once(worker, "message");
	const [code] = await once(worker, "exit");
	expect(code).toBe(0);
	const [{ before, after }] = await heap;
	expect(after - before).toBeLessThan(MAX_GROWTH);
});
