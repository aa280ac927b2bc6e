import type { Readable } from "node:stream";

/** Where the bytes of artifacts lie. One contract suite (`storage-contract.ts`) runs against every implementation. */
export interface ArtifactStorage {
	readonly name: "disk" | "s3";
	/**
	 * Stores all of a source under a key, or nothing. Whoever reads the key meanwhile finds none.
	 * @param key as `checkKey` wants it; one that holds a file already is replaced.
	 */
	write(key: string, source: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
	/**
	 * Opens a file; the caller reads it to its end or destroys it. Rejects with `MissingFileError` when there is none.
	 * @param range the first and the last byte, both included
	 */
	read(key: string, range?: ByteRange): Promise<Readable>;
	/** Removes files and what cut-off writes left of them. Those that are not there are no failure. */
	remove(keys: readonly string[]): Promise<void>;
}

export interface ByteRange {
	first: number;
	last: number;
}

/** A file that a row names and that the storage does not have: somebody removed it there. */
export class MissingFileError extends Error {
	override readonly name = "MissingFileError";
	constructor(readonly key: string) {
		super("The file is no longer in the storage.");
	}
}

const KEY = /^[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64}){1,3}$/;

/** Keys are made here and stored in rows: one of another form must not become a path. */
export function checkKey(key: string): string {
	if (!KEY.test(key)) throw new Error("A key of the storage is damaged.");
	return key;
}
