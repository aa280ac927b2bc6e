import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeTree } from "./remove-tree";

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-remove-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** As a command does: step by step, each time from within. */
const NEST =
	'for (let depth = 0; depth < 40; depth++) { fs.mkdirSync("d".repeat(200)); process.chdir("d".repeat(200)); }';

test("a tree that is deeper than a path can be long is removed whole", async () => {
	const tree = join(directory, "tree");
	await mkdir(tree);
	execFileSync(process.execPath, ["-e", NEST], { cwd: tree });
	await removeTree(tree);
	expect(existsSync(tree)).toBe(false);
});

test("links in a tree are removed, and what they lead to stays", async () => {
	const tree = join(directory, "tree");
	await mkdir(tree);
	await writeFile(join(directory, "kept"), "kept");
	await symlink(directory, join(tree, "up"));
	execFileSync(process.execPath, ["-e", NEST], { cwd: tree });
	await removeTree(tree);
	expect([existsSync(tree), existsSync(join(directory, "kept"))]).toEqual([false, true]);
});

test("a tree of many files is removed in memory that does not grow with them", async () => {
	const tree = join(directory, "tree");
	const files = "for (let n = 0; n < 60_000; n++) fs.closeSync(fs.openSync(String(n), 'w'))";
	await mkdir(join(tree, "folder"), { recursive: true });
	execFileSync(process.execPath, ["-e", files], { cwd: join(tree, "folder") });
	const before = process.memoryUsage.rss();
	await removeTree(tree);
	expect(existsSync(tree)).toBe(false);
	expect(process.memoryUsage.rss() - before).toBeLessThan(20_000_000);
});

test("a tree that is not there is no failure", async () => {
	await expect(removeTree(join(directory, "none"))).resolves.toBeUndefined();
});
