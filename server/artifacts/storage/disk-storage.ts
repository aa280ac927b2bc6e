import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorCode } from "@/server/errors";
import { type ArtifactStorage, checkKey, MissingFileError } from "./storage";

/** Files below one directory, which web servers and workers share. */
export function createDiskStorage(directory: string): ArtifactStorage {
	const pathOf = (key: string) => join(directory, checkKey(key));
	return {
		name: "disk",
		async write(key, source, signal) {
			const path = pathOf(key);
			const part = partOf(path);
			await mkdir(dirname(path), { recursive: true, mode: 0o700 });
			try {
				// The name follows the bytes: after a power cut there is no file, or all of it.
				// Opened here: a stream that is given up while it opens its file would make it after it was removed.
				const target = (await open(part, "w", 0o600)).createWriteStream({ flush: true });
				await pipeline(Readable.from(source, { objectMode: false }), target, { signal });
				await rename(part, path);
			} catch (error) {
				await rm(part, { force: true });
				throw error;
			}
		},
		async read(key, range) {
			const file = await open(pathOf(key)).catch((error) => {
				throw errorCode(error) === "ENOENT" ? new MissingFileError(key) : error;
			});
			return file.createReadStream(range && { start: range.first, end: range.last });
		},
		async remove(keys) {
			for (const path of keys.map(pathOf))
				await Promise.all([rm(path, { force: true }), rm(partOf(path), { force: true })]);
		},
	};
}

/** A key holds no dot, so that no other file has this name. */
function partOf(path: string): string {
	return `${path}.part`;
}
