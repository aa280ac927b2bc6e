import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { restoreSymlinks } from "./postgres-binaries";

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "weft-binaries-test-"));
	mkdirSync(join(root, "native/lib"), { recursive: true });
	writeFileSync(join(root, "native/lib/libpq.so.5.18"), "");
	const links = [
		{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" },
		{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so" },
	];
	writeFileSync(join(root, "native/pg-symlinks.json"), JSON.stringify(links));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("restoreSymlinks", () => {
	test("makes the links that an install without scripts left out, beside their targets", async () => {
		await restoreSymlinks(root);
		expect(readlinkSync(join(root, "native/lib/libpq.so"))).toBe("libpq.so.5.18");
		expect(readlinkSync(join(root, "native/lib/libpq.so.5"))).toBe("libpq.so.5.18");
	});

	test("several processes may do so at once, and again", async () => {
		await Promise.all([restoreSymlinks(root), restoreSymlinks(root)]);
		await restoreSymlinks(root);
		expect(readlinkSync(join(root, "native/lib/libpq.so"))).toBe("libpq.so.5.18");
	});
});
