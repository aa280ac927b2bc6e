import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FairQueue } from "./fair-queue";
import { createFairSlots } from "./fair-slots";

/** Takes and at once releases everything. */
function drain(queue: FairQueue<string>): string[] {
	const order: string[] = [];
	for (let next = queue.take(); next; next = queue.take()) {
		order.push(next.item);
		next.release();
	}
	return order;
}

function queueOf(items: readonly string[]): FairQueue<string> {
	const queue = new FairQueue<string>();
	for (const item of items) queue.add([item.slice(0, 1), item.slice(1, 2)], item);
	return queue;
}

describe("a fair queue", () => {
	test("takes turns between teams, then between a team's workflows, then in order", () => {
		expect(drain(queueOf(["Ax1", "Ax2", "Ax3", "Ay1", "Ay2", "Bz1", "Bz2"]))).toEqual([
			"Ax1",
			"Bz1",
			"Ay1",
			"Bz2",
			"Ax2",
			"Ay2",
			"Ax3",
		]);
	});

	test("gives a free slot to whoever runs least", () => {
		const queue = queueOf(["Ax1", "Ax2", "Ax3", "Ax4"]);
		queue.take();
		queue.take();
		queue.add(["B", "z"], "Bz1");
		queue.add(["B", "z"], "Bz2");
		expect([1, 2, 3, 4].map(() => queue.take()?.item)).toEqual(["Bz1", "Bz2", "Ax3", "Ax4"]);
	});

	test("lets an item that may not be taken now keep its place, and holds up nobody behind it", () => {
		const queue = queueOf(["Ax1", "Ax2", "Bz1"]);
		const accept = (item: string) => item !== "Ax1";
		expect([1, 2, 3].map(() => queue.take({ accept })?.item)).toEqual(["Ax2", "Bz1", undefined]);
		expect(queue.take()?.item).toBe("Ax1");
	});

	test("passes over teams that have their share", () => {
		const queue = queueOf(["Ax1", "Ax2", "Bz1"]);
		queue.take();
		expect([1, 2].map(() => queue.take({ mostRunning: 1 })?.item)).toEqual(["Bz1", undefined]);
		expect(queue.size).toBe(1);
	});

	test("forgets a group in which nothing waits or runs, and a release counts once", () => {
		const queue = queueOf(["Ax1"]);
		const taken = queue.take();
		expect(queue.groups).toBe(1);
		taken?.release();
		taken?.release();
		expect(queue.groups).toBe(0);
		queue.add(["A", "x"], "Ax2");
		expect(queue.take()?.item).toBe("Ax2");
	});

	test("hands out everything once, and serves no team twice while another with as few running waits", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom("A", "B", "C"), fc.constantFrom("x", "y"))), (paths) => {
				const items = paths.map(([team, workflow], index) => `${team}${workflow}${index}`);
				const order = drain(queueOf(items));
				expect([...order].sort()).toEqual([...items].sort());
				const served = new Map<string, number>();
				order.forEach((item, index) => {
					const left = new Set(order.slice(index).map((other) => other[0] ?? ""));
					const mine = served.get(item[0] ?? "") ?? 0;
					for (const team of left) expect(served.get(team) ?? 0).toBeGreaterThanOrEqual(mine - 1);
					served.set(item[0] ?? "", mine + 1);
				});
			}),
		);
	});
});

describe("fair slots", () => {
	/** Work whose end the test decides. */
	function makeWorkers(count: number) {
		const slots = createFairSlots(count);
		const begun: string[] = [];
		const ends = new Map<string, () => void>();
		function work(teamId: string, name: string) {
			return slots({ teamId, workflowId: "w" }, () => {
				begun.push(name);
				return new Promise<void>((resolve) => ends.set(name, resolve));
			});
		}
		const settle = () => new Promise((resolve) => setImmediate(resolve));
		async function end(name: string): Promise<void> {
			ends.get(name)?.();
			await settle();
		}
		return { begun, work, end, settle };
	}

	test("ten thousand waiting steps of one team delay another team's first step by one slot", async () => {
		const { begun, work, end, settle } = makeWorkers(64);
		for (let n = 0; n < 10_000; n += 1) void work("big", `big ${n}`);
		void work("small", "small 0");
		await settle();
		expect(begun).toHaveLength(64);
		await end("big 17");
		expect(begun.slice(64)).toEqual(["small 0"]);
	});

	test("a slot is free again when its work fails", async () => {
		const slots = createFairSlots(1);
		const owner = { teamId: "t", workflowId: "w" };
		await expect(slots(owner, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
		expect(await slots(owner, async () => "yes")).toBe("yes");
	});
});
