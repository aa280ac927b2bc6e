import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskStorage } from "./disk-storage";
import { createS3Storage } from "./s3-storage";
import { describeStorage } from "./storage-contract";
import { startTestS3, type TestS3 } from "./test-s3";

let root: string;
let s3: TestS3;
let opened = 0;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-artifacts-"));
	s3 = await startTestS3();
});
afterAll(async () => {
	await s3.close();
	await rm(root, { recursive: true, force: true });
});

describeStorage("a directory", async () => createDiskStorage(join(root, `disk-${++opened}`)));
describeStorage("a bucket", async () => createS3Storage(await s3.makeBucket()));

describe("a directory as a storage of artifacts", () => {
	it("leaves no part of a file that failed", async () => {
		const directory = join(root, "failed");
		const failing = async function* () {
			yield Buffer.from("half");
			throw new Error("the source broke");
		};
		await expect(createDiskStorage(directory).write("team/file", failing())).rejects.toThrow();
		expect(await readdir(join(directory, "team"))).toEqual([]);
	});
});
