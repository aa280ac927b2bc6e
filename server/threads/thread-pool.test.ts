import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createThreadPool, type ThreadPool } from "./thread-pool";

/** Jobs that say how they end. */
const PROGRAM = `
export const echo = (value) => value;
export const spin = () => { for (;;); };
export const fail = () => { throw new Error("secret detail"); };
export const crash = () => process.exit(3);
export const burst = () => { const kept = []; for (;;) kept.push(new Array(1e6).fill(kept.length)); };
`;

let folder: string;
let pool: ThreadPool;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "weft-threads-"));
	await writeFile(join(folder, "program.mjs"), PROGRAM);
	pool = createThreadPool({ program: join(folder, "program.mjs"), threads: 1, waiting: 2, megabytes: 32 });
});
afterEach(async () => {
	await pool.close();
	await rm(folder, { recursive: true, force: true });
});

test.each(["crash", "burst", "fail"])("after a job that ends by %s the pool goes on", async (name) => {
	const failed = pool.run(name, null);
	const waiting = pool.run("echo", 1);
	await expect(failed).rejects.toMatchObject({ code: "unavailable", message: /could not finish this/ });
	expect(await waiting).toBe(1);
	expect(await pool.run("echo", 2)).toBe(2);
});

test("a job whose asker has gone is ended, in a thread and on its way to one", async () => {
	const running = new AbortController();
	const queued = new AbortController();
	const first = pool.run("spin", null, running.signal);
	const second = pool.run("spin", null, queued.signal);
	const third = pool.run("echo", 3);
	queued.abort(new Error("gone too"));
	running.abort(new Error("gone"));
	await expect(first).rejects.toThrow("gone");
	await expect(second).rejects.toThrow("gone too");
	expect(await third).toBe(3);
});

test("a job of somebody who has gone already is not begun", async () => {
	await expect(pool.run("spin", null, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
	expect(await pool.run("echo", 1)).toBe(1);
});

test("when too many wait, the next is told to come again", async () => {
	const abort = new AbortController();
	await pool.run("echo", 0);
	const spinning = pool.run("spin", null, abort.signal);
	const waiting = [pool.run("echo", 1), pool.run("echo", 2)];
	await expect(pool.run("echo", 3)).rejects.toMatchObject({ code: "unavailable", message: /Try again in a moment/ });
	abort.abort();
	await expect(spinning).rejects.toThrow();
	expect(await Promise.all(waiting)).toEqual([1, 2]);
});
