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
	const file = await fileOf(`# Acme\n${TEST_CERTIFICATE}${TEST_KEY}${TEST_CERTIFICATE}`);
	expect(readAuthorities({ WEFT_CA_FILE: file })).toBe(`${CERTIFICATE}\n${CERTIFICATE}`);
});

test("those that Node.js was told of stay trusted beside them, and are its own business without them", async () => {
	const file = await fileOf(TEST_CERTIFICATE);
	const extra = await fileOf(`# Acme\n${TEST_CERTIFICATE}`);
	const none = join(directory, "none.pem");
	expect(readAuthorities({ WEFT_CA_FILE: file, NODE_EXTRA_CA_CERTS: extra })).toBe(`${CERTIFICATE}\n${CERTIFICATE}`);
	expect(readAuthorities({ WEFT_CA_FILE: file, NODE_EXTRA_CA_CERTS: none })).toBe(CERTIFICATE);
	expect(readAuthorities({ NODE_EXTRA_CA_CERTS: extra })).toBeUndefined();
});

test("a file that is not there, or holds no certificate, is named by its variable", async () => {
	const file = await fileOf(TEST_KEY);
	expect(() => readAuthorities({ WEFT_CA_FILE: file })).toThrow(
		"WEFT_CA_FILE cannot be used: it holds no certificate in PEM.",
	);
	const none = join(directory, "none.pem");
	expect(() => readAuthorities({ WEFT_CA_FILE: none })).toThrow("WEFT_CA_FILE cannot be used: ENOENT");
});

const CERTIFICATE = TEST_CERTIFICATE.trim();
let files = 0;

async function fileOf(text: string): Promise<string> {
	const file = join(directory, `${files++}.pem`);
	await writeFile(file, text);
	return file;
}
