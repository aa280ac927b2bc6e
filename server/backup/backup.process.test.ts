import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { readEvents, readOutput, startPlan, untilRun } from "@/inngest/functions/test-runs";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import {
	findDatabaseUrl,
	findFreePort,
	newDataDirectory,
	startLauncher,
	type TestLauncher,
} from "@/server/launcher/test-launcher";
import { testPlan } from "@/server/plan/test-plan";
import { childEnv } from "../env";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

let places: ReturnType<typeof newDataDirectory>[];
let folder: string;
let archive: string;
let server: TestServer;
let calls = 0;
const launchers: TestLauncher[] = [];

beforeAll(async () => {
	places = [newDataDirectory(), newDataDirectory()];
	folder = await mkdtemp(join(tmpdir(), "weft-backup-test-"));
	archive = join(folder, "a.backup.tar.gz");
	// The first call is never answered: the run is in the middle of it when the backup is taken.
	server = await startTestServer((_request, response) => {
		calls += 1;
		if (calls > 1) response.end("answered");
	});
});
afterAll(async () => {
	for (const launcher of launchers) launcher.kill("SIGKILL");
	await server.close();
	for (const place of places) place.remove();
	await rm(folder, { recursive: true, force: true });
});

async function weft(directory: string, ...args: string[]): Promise<string> {
	const env = childEnv({ NODE_ENV: "production", DATABASE_URL: "", WEFT_SECRET: "", WEFT_DATA_DIR: directory });
	const { stdout } = await run(process.execPath, [join(root, "server/cli/weft.mjs"), ...args], { env, cwd: folder });
	return stdout;
}

async function start(directory: string): Promise<TestLauncher> {
	const ports = { PORT: String(await findFreePort()), WEFT_WORKER_PORT: String(await findFreePort()) };
	const launcher = startLauncher({ ...ports, WEFT_DATA_DIR: directory, WEFT_ALLOW_ADDRESSES: "127.0.0.0/8" });
	launchers.push(launcher);
	await launcher.ready();
	return launcher;
}

const plan = () =>
	testPlan(
		[
			{ id: "write", name: "Write", config: { command: "echo kept > note.txt" } },
			{
				id: "call",
				type: "http-request",
				name: "Call",
				config: { url: server.origin },
				retry: { maxAttempts: 3, backoff: "fixed", delaySeconds: 0.1 },
			},
			{ id: "read", name: "Read", config: { command: "cat note.txt" } },
		],
		["write -> call", "call -> read"],
	);

test("a run that is in the middle of a step at the moment of a backup goes on where it is restored", {
	timeout: 240_000,
}, async () => {
	const [from, to] = places.map((place) => place.directory);
	const first = await start(from ?? "");
	const source = openDatabase(findDatabaseUrl(from ?? ""), { max: 2 });
	const runId = await startPlan(source, plan());
	await expect.poll(() => calls, { timeout: 30_000 }).toBe(1);
	expect(await weft(from ?? "", "backup", "a.backup.tar.gz")).toContain("master secret");
	await source.close();
	first.kill("SIGKILL");
	await first.ended;

	expect((await stat(archive)).mode & 0o077).toBe(0);
	expect(await weft(to ?? "", "restore", "a.backup.tar.gz")).toContain("is as it was at");
	await start(to ?? "");
	const restored = openDatabase(findDatabaseUrl(to ?? ""), { max: 2 });
	const state = await untilRun(restored, runId);
	const events = await readEvents(restored, runId);
	const output = await readOutput(restored, runId, "read");
	await restored.close();
	expect(state.phase.status).toBe("completed");
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
	expect(events.filter(({ type, nodeId }) => type === "step.completed" && nodeId === "write")).toHaveLength(1);
	expect(output).toMatchObject({ stdout: "kept\n" });
});

test("a backup never replaces a file, and a restore never touches what is there", async () => {
	const [from, to] = places.map((place) => place.directory);
	await expect(weft(from ?? "", "backup", "a.backup.tar.gz")).rejects.toThrow("exists already. Choose another name.");
	await expect(weft(to ?? "", "restore", "a.backup.tar.gz")).rejects.toThrow("is not empty. Move it away");
	await expect(weft(join(folder, "none"), "backup", "b.tar.gz")).rejects.toThrow("There is no data in");
	await expect(weft(join(folder, "none"), "restore", "c.tar.gz")).rejects.toThrow("There is no file");
}, 90_000);

test("a restore of something else leaves an empty directory", async () => {
	const fresh = join(folder, "fresh");
	await writeFile(join(folder, "torn.tar.gz"), "no archive");
	await expect(weft(fresh, "restore", "torn.tar.gz")).rejects.toThrow(
		"is not a backup that this version of Weft can read.",
	);
	expect(existsSync(join(fresh, "weft.json"))).toBe(false);
	expect(await weft(fresh, "restore", "a.backup.tar.gz")).toContain("is as it was at");
}, 90_000);
