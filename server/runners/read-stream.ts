import { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { OverflowFile } from "./overflow-file";

/** Output beyond the limit is read at full speed up to here, and then slowly: endless output must cost next to nothing. */
const FAST_DROP_BYTES = 1_000_000_000;
const SLOW_DROP_BYTES = 1_000_000;
const SLOW_DROP_PAUSE_MS = 50;
const TAIL_BYTES = 65_536;

export interface OutputReader {
	/** Resolves when the other end of the pipe is closed by all processes. */
	readonly ended: Promise<void>;
	droppedBytes(): number;
	droppedTail(): string;
	/** Stops reading, even if a process still writes. */
	close(): void;
}

export interface ReadOptions {
	/** Bytes that reach `onText`. */
	limit: number;
	onText(text: string): void;
	/** Gets everything, however much it is. */
	overflow: OverflowFile | undefined;
}

/** Decodes the text that arrives on a pipe, in whole characters; what exceeds `limit` bytes is read and dropped. */
export function readStream(descriptor: number, { limit, onText, overflow }: ReadOptions): OutputReader {
	const socket = new Socket({ fd: descriptor, readable: true, writable: false });
	const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
	let kept = 0;
	let dropped = 0;
	let tail: Buffer[] = [];
	socket.on("data", (chunk: Buffer) => {
		const part = chunk.subarray(0, limit - kept);
		const written = overflow?.take(chunk);
		if (written !== undefined) void pauseUntil(socket, written);
		kept += part.length;
		dropped += chunk.length - part.length;
		if (part.length < chunk.length) tail = keepTail([...tail, chunk.subarray(part.length)]);
		const text = part.length > 0 ? decoder.decode(part, { stream: true }) : "";
		if (text !== "") onText(text);
		if (dropped > FAST_DROP_BYTES && dropped % SLOW_DROP_BYTES < chunk.length)
			void pauseUntil(socket, wait(SLOW_DROP_PAUSE_MS));
	});
	const ended = new Promise<void>((resolve) => {
		socket.once("error", () => socket.destroy());
		socket.once("close", () => {
			const rest = dropped === 0 ? decoder.decode() : "";
			if (rest !== "") onText(rest);
			resolve();
		});
	});
	return {
		ended,
		droppedBytes: () => dropped,
		droppedTail: () => decodeTail(Buffer.concat(tail)),
		close: () => socket.destroy(),
	};
}

/** Leaves out the first chunks that the tail does not need. */
function keepTail(chunks: Buffer[]): Buffer[] {
	let size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
	let first = 0;
	for (const chunk of chunks) {
		if (size - chunk.length < TAIL_BYTES) break;
		size -= chunk.length;
		first++;
	}
	return chunks.slice(first);
}

/** Begins at a whole character. */
function decodeTail(bytes: Buffer): string {
	let start = Math.max(0, bytes.length - TAIL_BYTES);
	for (let skipped = 0; skipped < 3 && isContinuation(bytes[start]); skipped++) start++;
	return bytes.toString("utf8", start);
}

function isContinuation(byte: number | undefined): boolean {
	return byte !== undefined && (byte & 0xc0) === 0x80;
}

async function pauseUntil(socket: Socket, ready: Promise<void>): Promise<void> {
	socket.pause();
	await ready;
	socket.resume();
}
