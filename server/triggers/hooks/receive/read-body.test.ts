import { expect, test } from "vitest";
import { readBody } from "./read-body";

const post = (body: ReadableStream | string) =>
	new Request("http://x", { method: "POST", body, duplex: "half" } as RequestInit);

test("a body that does not arrive in time is given up", async () => {
	const slow = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) });
	const { refused, free } = await readBody(post(slow), 1_000, 5);
	expect(refused?.status).toBe(408);
	free();
});

test("what all requests hold together is bounded, and free again once they are done", async () => {
	const mine = new Uint8Array(20_000_000);
	const whole = () =>
		new ReadableStream({
			start(controller) {
				controller.enqueue(mine);
				controller.close();
			},
		});
	const reads = await Promise.all(Array.from({ length: 8 }, () => readBody(post(whole()), 25_000_000)));
	expect(reads.map(({ refused }) => refused?.status)).toEqual([...Array(5).fill(undefined), ...Array(3).fill(503)]);
	for (const { free } of reads) free();
	const { bytes, free } = await readBody(post(whole()), 25_000_000);
	expect(bytes?.length).toBe(20_000_000);
	free();
});

test("a client that goes away in the middle of its body leaves nothing behind", async () => {
	const cut = () => {
		const chunks = [new Uint8Array(20_000_000)];
		return new ReadableStream({
			pull(controller) {
				const next = chunks.pop();
				if (next) controller.enqueue(next);
				else controller.error(new Error("aborted"));
			},
		});
	};
	for (let n = 0; n < 6; n += 1) {
		const { refused, free } = await readBody(post(cut()), 25_000_000);
		expect(refused?.status).toBe(400);
		free();
	}
});
