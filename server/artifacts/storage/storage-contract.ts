import { createHash, randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { type ArtifactStorage, MissingFileError } from "./storage";

/** What every storage of artifacts promises. @param open an empty one; called before each test. */
export function describeStorage(name: string, open: () => Promise<ArtifactStorage>): void {
	let storage: ArtifactStorage;
	beforeEach(async () => {
		storage = await open();
	});

	async function contentOf(key: string, range?: { first: number; last: number }): Promise<Buffer> {
		return await buffer(await storage.read(key, range));
	}

	describe(`${name} as a storage of artifacts`, () => {
		it.each([0, 1, 65_536, 5_242_880, 13_000_001])("gives back %i bytes as they were", async (size) => {
			const bytes = randomBytes(size);
			await storage.write("team/file", chunksOf(bytes));
			const found = await contentOf("team/file");
			expect(found.length).toBe(size);
			expect(sha256(found)).toBe(sha256(bytes));
		});

		it("gives back a range of a file, its ends included", async () => {
			await storage.write("team/file", chunksOf(Buffer.from("0123456789")));
			expect((await contentOf("team/file", { first: 2, last: 4 })).toString()).toBe("234");
			expect((await contentOf("team/file", { first: 9, last: 9 })).toString()).toBe("9");
		});

		it("says which file it does not have", async () => {
			await expect(storage.read("team/none")).rejects.toThrow(MissingFileError);
		});

		it.each([1_000, 12_000_000])("keeps nothing of a source that fails after %i bytes", async (size) => {
			const failing = async function* () {
				yield randomBytes(size);
				throw new Error("the source broke");
			};
			await expect(storage.write("team/file", failing())).rejects.toThrow("the source broke");
			await expect(storage.read("team/file")).rejects.toThrow(MissingFileError);
		});

		it("keeps nothing of a write that is given up", async () => {
			const abort = new AbortController();
			const endless = async function* () {
				for (;;) {
					yield randomBytes(65_536);
					abort.abort(new Error("cancelled"));
				}
			};
			await expect(storage.write("team/file", endless(), abort.signal)).rejects.toThrow();
			await expect(storage.read("team/file")).rejects.toThrow(MissingFileError);
		});

		it("replaces a file whole", async () => {
			await storage.write("team/file", chunksOf(Buffer.from("a longer first text")));
			await storage.write("team/file", chunksOf(Buffer.from("second")));
			expect((await contentOf("team/file")).toString()).toBe("second");
		});

		it("removes files, and those that are gone already, and no others", async () => {
			for (const key of ["team/one", "team/two", "other/one"]) await storage.write(key, chunksOf(Buffer.from(key)));
			await storage.remove(["team/one", "team/two", "team/never"]);
			await storage.remove(["team/one"]);
			await storage.remove([]);
			await expect(storage.read("team/one")).rejects.toThrow(MissingFileError);
			await expect(storage.read("team/two")).rejects.toThrow(MissingFileError);
			expect((await contentOf("other/one")).toString()).toBe("other/one");
		});

		it.each(["../secret", "team/../../secret", "/etc/passwd", "team", "team/a.part", "team/\0", "a/b/c/d/e", ""])(
			"takes no key that could lead elsewhere: %j",
			async (key) => {
				await expect(storage.write(key, chunksOf(Buffer.from("x")))).rejects.toThrow("damaged");
				await expect(storage.read(key)).rejects.toThrow("damaged");
				await expect(storage.remove([key])).rejects.toThrow("damaged");
			},
		);
	});
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function sha256(bytes: Buffer): string {
	return createHash("sha256").update(bytes).digest("hex");
}
