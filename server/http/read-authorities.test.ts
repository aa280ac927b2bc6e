import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAuthorities } from "./read-authorities";
import { TEST_CERTIFICATE, TEST_KEY } from "./test-certificate";

let directory: string;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-authorities-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("the certificates of a file are read, and nothing else in it", async () => {
	const file = join(directory, "ca.pem");
	await writeFile(file, `# Acme\n${TEST_CERTIFICATE}${TEST_KEY}${TEST_CERTIFICATE}`);
	expect(readAuthorities(file)).toBe(`${TEST_CERTIFICATE.trim()}\n${TEST_CERTIFICATE.trim()}`);
});

test("a file that is not there, or holds no certificate, is named by its variable", async () => {
	const file = join(directory, "key.pem");
	await writeFile(file, TEST_KEY);
	expect(() => readAuthorities(file)).toThrow("WEFT_CA_FILE cannot be used: it holds no certificate in PEM.");
	expect(() => readAuthorities(join(directory, "none.pem"))).toThrow("WEFT_CA_FILE cannot be used: ENOENT");
});
