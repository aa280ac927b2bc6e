import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Overflow } from "./runner";

/** An endless output must not fill the disk. */
const MAX_BYTES = 1_000_000_000;

/** Holds the beginning of a stream back, and writes the stream to a file once it has become too long to be a value. */
export class OverflowFile {
	private held: Buffer[] = [];
	private size = 0;
	private bytes = 0;
	private file: FileHandle | undefined;
	private isWhole = true;

	/** @param afterBytes how long the stream may become, counted as JSON */
	constructor(
		private readonly path: string,
		private readonly afterBytes: number,
	) {}

	/** Takes the next part. A promise that comes back is to be waited for before the next. It never rejects. */
	take(chunk: Buffer): Promise<void> | undefined {
		this.bytes += chunk.length;
		if (this.file !== undefined || !this.isWhole) return this.write(chunk);
		this.held.push(chunk);
		this.size += chunk.length + countEscapes(chunk);
		return this.size > this.afterBytes ? this.begin() : undefined;
	}

	/** What became of the stream; undefined when it stayed short. */
	async close(): Promise<Overflow | undefined> {
		if (this.file === undefined && this.isWhole) return undefined;
		await this.file?.close();
		return { file: this.path, bytes: this.bytes, isWhole: this.isWhole };
	}

	private async begin(): Promise<void> {
		const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
		const whole = Buffer.concat(this.held);
		this.held = [];
		try {
			this.file = await open(this.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
		} catch {
			this.isWhole = false;
			return;
		}
		await this.write(whole);
	}

	/** A full disk is not the command's failure: the file then ends before the stream. */
	private async write(chunk: Buffer): Promise<void> {
		if (!this.isWhole) return;
		this.isWhole = this.bytes <= MAX_BYTES;
		try {
			if (this.isWhole) await this.file?.write(chunk);
		} catch {
			this.isWhole = false;
		}
	}
}

/** What JSON adds to a text: five characters to most control characters, one to quotes, backslashes and line ends. */
function countEscapes(chunk: Buffer): number {
	let count = 0;
	for (const byte of chunk) {
		if (byte === 0x22 || byte === 0x5c || byte === 0x0a || byte === 0x09 || byte === 0x0d) count++;
		else if (byte < 0x20) count += 5;
	}
	return count;
}
