import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLocalRunner } from "./local-runner";
import { describeWorker, findMarked, MARKS } from "./marked-processes";
import { toProcessEnv } from "./process-env";
import type { ExecResult, Runner, Workspace } from "./runner";
import { describeRunner, OTHER_RUN, RUN, type RunnerUnderTest } from "./runner-contract";
import { probeSandbox } from "./sandbox";

const hasSandbox = (await probeSandbox([])).state === "on";
const modes = [
	{ name: "plain processes", sandbox: "off" as const },
	...(hasSandbox ? [{ name: "bubblewrap", sandbox: "auto" as const }] : []),
];

for (const { name, sandbox } of modes)
	describeRunner(`the local runner with ${name}`, async (): Promise<RunnerUnderTest> => {
		const directory = await makeDirectory();
		const create = () => createLocalRunner({ directory, workerId: "test", sandbox });
		const runner = create();
		return {
			runner,
			restart: create,
			countProcesses: async (runId) => (await findMarked(MARKS.run)).filter(({ value }) => value === runId).length,
			async dispose() {
				for (const runId of [RUN, OTHER_RUN]) await runner.release(runId);
				await rm(directory, { recursive: true, force: true });
			},
		};
	});

describe.skipIf(!hasSandbox)("a command in the sandbox (skipped where bubblewrap does not work)", () => {
	let directory: string;
	let runner: Runner;
	let workspace: Workspace;
	beforeEach(async () => {
		directory = await makeDirectory();
		runner = createLocalRunner({ directory, workerId: "test" });
		workspace = await runner.acquire(RUN);
	});
	afterEach(async () => {
		await runner.release(RUN);
		await rm(directory, { recursive: true, force: true });
	});

	it("sees nothing of the host but its own directories and the system's programs", async () => {
		const secret = join(directory, "secret");
		await writeFile(secret, "secret");
		await (await runner.acquire(OTHER_RUN)).exec(["touch", "other"], silent());
		const script = `cat ${secret}; ls ${directory}; ls -A /tmp; ls -A /root /home /etc/shadow ${process.cwd()}`;
		const { stdout } = await read(workspace, script);
		const [top = ""] = directory.split("/").filter((part) => part !== "" && part !== "tmp");
		// Node.js may have been installed in somebody's home: then the way to it is there.
		const [, home = "", entry = ""] = process.execPath.split("/");
		const known = ["", RUN, top, `/${home}:`, entry];
		expect(stdout.split("\n").filter((line) => !known.includes(line))).toEqual([]);
		await runner.release(OTHER_RUN);
	});

	it("cannot change the system, see other processes or gain rights", async () => {
		expect((await read(workspace, "touch /usr/x /bin/x /etc/x /x; echo $?")).stdout).toBe("1\n");
		expect((await read(workspace, "ls /proc | grep -c '^[0-9]'")).stdout.length).toBeLessThan(3);
		expect((await read(workspace, "mount -t tmpfs none /usr; echo $?")).stdout).not.toBe("0\n");
		expect((await read(workspace, "mknod disk b 8 0; echo $?")).stdout).toBe("1\n");
		const settings = "/proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches /proc/sysrq-trigger";
		const script = `for file in ${settings}; do [ -w $file ] && echo $file; done; echo checked`;
		expect((await read(workspace, script)).stdout).toBe("checked\n");
	});

	it("has a /tmp of its own and the network of the host", async () => {
		expect((await read(workspace, "echo $TMPDIR; touch /tmp/x && echo ok")).stdout).toBe("/tmp\nok\n");
		expect((await read(workspace, "grep -c : /proc/net/dev")).stdout).not.toBe("1\n");
	});
});

describe("a worker that is killed at once", () => {
	it.each(modes)("leaves no process behind with $name", async ({ sandbox }) => {
		const directory = await makeDirectory();
		const runId = `run-${process.pid}-${sandbox}`;
		const worker = spawnWorker([directory, runId, sandbox]);
		await untilReady(worker);
		expect(await countRun(runId)).toBeGreaterThan(0);
		worker.kill("SIGKILL");
		await vi.waitFor(async () => expect(await countRun(runId)).toBe(0), { timeout: 10_000, interval: 20 });
		await rm(directory, { recursive: true, force: true });
	});
});

describe("at start", () => {
	it("kills what dead workers left behind and nothing of the living", async () => {
		const directory = await makeDirectory();
		const orphan = spawnMarked("999999999/1/dead");
		const recycled = spawnMarked(`${process.pid}/1/dead-with-a-recycled-pid`);
		const colleague = spawnMarked(describeWorker("alive"));
		const endings = [orphan, recycled].map(
			(child) => new Promise((resolve) => child.once("exit", (_, s) => resolve(s))),
		);
		await createLocalRunner({ directory, workerId: "new" }).reapOrphans();
		expect(await Promise.all(endings)).toEqual(["SIGKILL", "SIGKILL"]);
		expect(colleague.exitCode ?? colleague.signalCode).toBeNull();
		colleague.kill("SIGKILL");
		await rm(directory, { recursive: true, force: true });
	});

	it("removes pipes that were left behind, and none that a worker of another machine makes just now", async () => {
		const directory = await makeDirectory();
		const [stale, fresh] = ["made-long-ago", "made-now"].map((name) => join(directory, ".pipes", name));
		for (const pipes of [stale ?? "", fresh ?? ""]) await mkdir(pipes, { recursive: true });
		await utimes(stale ?? "", Date.now() / 1_000 - 7_200, Date.now() / 1_000 - 7_200);
		await createLocalRunner({ directory, workerId: "new" }).reapOrphans();
		expect(await readdir(join(directory, ".pipes"))).toEqual(["made-now"]);
		await rm(directory, { recursive: true, force: true });
	});
});

async function makeDirectory(): Promise<string> {
	return realpath(await mkdtemp(join(tmpdir(), "weft-runner-")));
}

function silent() {
	return { env: {}, signal: new AbortController().signal, onOutput: () => {} };
}

async function read(workspace: Workspace, script: string): Promise<ExecResult & { stdout: string }> {
	let stdout = "";
	const onOutput = (stream: string, text: string) => {
		if (stream === "stdout") stdout += text;
	};
	const result = await workspace.exec(["bash", "--norc", "-c", script], { ...silent(), onOutput });
	return { ...result, stdout };
}

async function countRun(runId: string): Promise<number> {
	return (await findMarked(MARKS.run)).filter(({ value }) => value === runId).length;
}

function spawnWorker(args: string[]): ChildProcess {
	const script = fileURLToPath(new URL("./worker.fixture.ts", import.meta.url));
	return spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

function untilReady(worker: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		worker.stdout?.once("data", () => resolve());
		worker.once("exit", () => reject(new Error("The worker ended before it was ready.")));
	});
}

function spawnMarked(mark: string): ChildProcess {
	return spawn("sleep", ["1000"], {
		detached: true,
		stdio: "ignore",
		env: toProcessEnv({ PATH: process.env.PATH ?? "", [MARKS.worker]: mark }),
	});
}
