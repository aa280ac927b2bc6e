import { oncePerProcess } from "@/server/once-per-process";

/** What all requests under way may hold together: a flood of large ones is asked to come again. */
const MAX_BYTES_TOGETHER = 100_000_000;
/** A body that has not arrived by then is given up. */
const DEADLINE_MS = 15_000;

/** What is looked at of a request, whatever server it came through. */
export interface HookRequest extends Pick<Request, "method" | "url" | "headers"> {
	body: AsyncIterable<Uint8Array> | null;
}

export type ReadBody = { bytes: Buffer; refused?: undefined } | { bytes?: undefined; refused: Refusal };

export interface Refusal {
	status: 400 | 408 | 413 | 503;
	reason: string;
}

/**
 * Reads a request's body, `most` bytes of it at most. What is too long, comes too slowly or finds no room is given up as
 * soon as that is known, and no more of it is read. Call `free` once the bytes are no longer needed.
 */
export async function readBody(
	request: Pick<HookRequest, "headers" | "body">,
	most: number,
	deadlineMs = DEADLINE_MS,
): Promise<ReadBody & { free: () => void }> {
	const room = takeRoom();
	if (Number(request.headers.get("content-length") ?? 0) > most) return { refused: tooLarge(most), free: room.free };
	if (!request.body) return { bytes: Buffer.alloc(0), free: room.free };
	const chunks = request.body[Symbol.asyncIterator]();
	const deadline = new AbortController();
	const timer = setTimeout(() => deadline.abort(), deadlineMs);
	const late = new Promise<undefined>((resolve) => deadline.signal.addEventListener("abort", () => resolve(undefined)));
	const read = await collect(() => Promise.race([chunks.next(), late]), { most, room })
		.catch((): ReadBody => ({ refused: CUT_OFF }))
		.finally(() => clearTimeout(timer));
	// The rest is not waited for: a client that goes on sending has nobody who listens.
	if (read.refused) chunks.return?.().catch(() => undefined);
	return { ...read, free: room.free };
}

interface Room {
	take(size: number): boolean;
	free(): void;
}

async function collect(
	read: () => Promise<IteratorResult<Uint8Array> | undefined>,
	{ most, room }: { most: number; room: Room },
): Promise<ReadBody> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const next = await read();
		if (next === undefined) return { refused: TOO_SLOW };
		if (next.done) return { bytes: Buffer.concat(chunks) };
		size += next.value.byteLength;
		if (size > most) return { refused: tooLarge(most) };
		if (!room.take(size)) return { refused: NO_ROOM };
		chunks.push(next.value);
	}
}

const CUT_OFF: Refusal = { status: 400, reason: "Its body ended before it was whole." };
const TOO_SLOW: Refusal = { status: 408, reason: "Its body did not arrive in time." };
const NO_ROOM: Refusal = { status: 503, reason: "The server is busy with other large requests." };

function tooLarge(most: number): Refusal {
	return { status: 413, reason: `Its body is larger than ${most / 1_000_000} MB.` };
}

function takeRoom(): Room {
	const shared = oncePerProcess("hook-bodies", () => ({ taken: 0 }));
	let own = 0;
	const set = (size: number) => {
		shared.taken += size - own;
		own = size;
	};
	return {
		take(size: number): boolean {
			set(size);
			return shared.taken <= MAX_BYTES_TOGETHER;
		},
		free: () => set(0),
	};
}
