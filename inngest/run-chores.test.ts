import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RunningChores, runChores, waitOf } from "./run-chores";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	running?.stop();
	vi.useRealTimers();
});

let running: RunningChores | undefined;

function start(chores: Record<string, () => Promise<void>>) {
	const log = { warn: vi.fn(), info: vi.fn() };
	running = runChores(
		Object.entries(chores).map(([name, run]) => ({ name, everyMs: 1_000, run })),
		log,
	);
	return { ...log, failing: running.failing };
}

test("a chore that fails, and one that never ends, keep no other from its turns", async () => {
	const works = vi.fn(async () => {});
	start({
		fails: () => Promise.reject(new Error("value out of range: overflow")),
		hangs: () => new Promise(() => {}),
		works,
	});
	await vi.advanceTimersByTimeAsync(10_500);
	expect(works).toHaveBeenCalledTimes(11);
});

test("a chore that fails is tried later and later, logged when the count doubles, and counted until it works", async () => {
	let isBroken = true;
	const chore = vi.fn(() => (isBroken ? Promise.reject(new Error("broken")) : Promise.resolve()));
	const { warn, info, failing } = start({ chore });
	await vi.advanceTimersByTimeAsync(3_600_000);
	expect(chore.mock.calls.length).toBeGreaterThan(60);
	expect(chore.mock.calls.length).toBeLessThan(70);
	expect(warn.mock.calls.map(([data]) => data.failures)).toEqual([1, 2, 4, 8, 16, 32, 64]);
	expect(failing()).toEqual({ chore: chore.mock.calls.length });
	isBroken = false;
	await vi.advanceTimersByTimeAsync(60_000);
	expect(failing()).toEqual({});
	expect(info).toHaveBeenCalledTimes(1);
});

test("a chore that fails comes again soon, then later and later, in the end with its period or each minute", () => {
	expect(waitOf({ everyMs: 3_600_000 }, 0)).toBe(3_600_000);
	expect(waitOf({ everyMs: 3_600_000 }, 1)).toBe(2_000);
	expect(waitOf({ everyMs: 3_600_000 }, 5_000)).toBe(3_600_000);
	expect(waitOf({ everyMs: 1_000 }, 3)).toBe(8_000);
	expect(waitOf({ everyMs: 1_000 }, 5_000)).toBe(60_000);
});

test("stopped chores come no more", async () => {
	const chore = vi.fn(async () => {});
	start({ chore });
	running?.stop();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(chore).toHaveBeenCalledTimes(1);
});
