import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { createLocalRunner } from "../../runners/local-runner";
import type { Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { filesDefinition } from "./definition";
import { executeFiles } from "./execute";

type Config = z.input<typeof filesDefinition.config>;

let root: string;
let outside: string;
let workspace: Workspace;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-links-"));
	outside = join(root, "outside");
	await mkdir(outside);
	await writeFile(join(outside, "canary"), "canary");
	// Without a sandbox, in which there would be nothing to reach.
	workspace = await createLocalRunner({ directory: join(root, "runs"), workerId: "test", sandbox: "off" }).acquire("r");
	await sh(`mkdir real; echo mine > real/canary; echo x > file
		ln -s ${outside} out; ln -s ${outside}/canary to-file; ln -s out hop; ln -s ../../../outside up; ln -s real in; ln -s a b; ln -s b a`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function sh(script: string, signal = new AbortController().signal) {
	await workspace.exec(["sh", "-c", script], { env: {}, signal, onOutput: () => {} });
}

async function run(config: Config) {
	const context = createTestContext({ workspace });
	const { output } = await executeFiles(filesDefinition.config.parse(config), context);
	return JSON.stringify([output, ...context.effects.artifacts.values()]);
}

const isUntouched = async () =>
	expect([await readdir(outside), await readFile(join(outside, "canary"), "utf8")]).toEqual([["canary"], "canary"]);

describe("a link that leads out of the workspace", () => {
	it.each<Config>([
		{ path: "to-file" },
		{ path: "to-file", readAs: "file" },
		{ path: "out/canary" },
		{ path: "hop/canary" },
		{ path: "up/canary" },
		{ action: "write", path: "to-file", content: "x" },
		{ action: "write", path: "out/new", content: "x" },
		{ action: "write", path: "out/a/b", content: "x" },
		{ action: "list", path: "out" },
		{ action: "glob", path: "hop", patterns: ["**"] },
		{ action: "copy", path: "out", to: "copied" },
		{ action: "copy", path: "file", to: "out/file" },
		{ action: "copy", path: "real", to: "hop" },
		{ action: "move", path: "file", to: "up/file" },
		{ action: "move", path: "out/canary", to: "taken" },
		{ action: "delete", path: "out/canary" },
	])("is refused: %j", async (config) => {
		await expect(run(config)).rejects.toThrow("leads out of the workspace");
		await isUntouched();
	});

	it("is itself deleted and moved as a link, and one inside the workspace is followed", async () => {
		await run({ action: "move", path: "to-file", to: "moved" });
		await run({ action: "delete", path: "moved" });
		expect(await run({ path: "in/canary" })).toContain("mine");
		await expect(run({ path: "a" })).rejects.toThrow("a link that leads to itself");
		await isUntouched();
	});
});

it("a link that takes a folder's or a file's place in the middle gains nothing", async () => {
	const abort = new AbortController();
	const swap = `mkdir -p swap; echo mine > swap/canary; ln -s ${outside} bad; ln -s ${outside}/canary lf; echo mine > rf; echo mine > f
		while :; do mv -T swap kept && mv -T bad swap; mv -T f kf; mv -T lf f; mv -T swap bad; mv -T kept swap; mv -T f lf; mv -T kf f; done`;
	const swapping = sh(swap, abort.signal);
	const tries: Config[] = [
		{ path: "swap/canary" },
		{ path: "f" },
		{ action: "write", path: "swap/new", content: "x" },
		{ action: "write", path: "f", content: "mine" },
		{ action: "copy", path: "swap", to: "copy" },
		{ action: "copy", path: "real", to: "swap" },
		{ action: "glob", path: "swap", patterns: ["**"] },
		{ action: "delete", path: "swap/canary" },
	];
	const answers = await Promise.all([...tries, ...tries].map((config) => run(config).catch(String)));
	abort.abort();
	await swapping;
	// What was read is never what lies outside: its content stands in no answer as content.
	for (const answer of answers) expect(answer).not.toMatch(/"content":"canary"/);
	await isUntouched();
});
