import { EventEmitter, once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExecOptions, ExecResult, LeftFiles, Runner, Workspace } from "./runner";
import { createRunId } from "./test-run-id";

export interface RunnerUnderTest {
	runner: Runner;
	/** Another runner on the same place, as after a restart of the worker. */
	restart(): Runner;
	/** How many processes of a run are alive, however well they hide. */
	countProcesses(runId: string): Promise<number>;
	dispose(): Promise<void>;
}

export const [RUN, OTHER_RUN] = [createRunId(), createRunId()];

type Run = (script: string, options?: Partial<ExecOptions>) => Promise<ExecResult & { stdout: string; stderr: string }>;

/** What every runner promises. Each implementation runs this suite. */
export function describeRunner(name: string, create: () => Promise<RunnerUnderTest>): void {
	describe(name, () => {
		let subject: RunnerUnderTest;
		let workspace: Workspace;
		const run: Run = (script, options) => execIn(workspace, ["bash", "--norc", "-c", script], options);
		beforeEach(async () => {
			subject = await create();
			workspace = await subject.runner.acquire(RUN);
		});
		afterEach(() => subject.dispose());

		describe("a command", () => describeCommand(run, () => workspace));
		describe("its output", () => describeOutput(run));
		describe("its limits", () => describeLimits(run));
		describe("its end", () => describeEnd(run, () => subject));
		describe("a workspace", () => describeWorkspace(run, () => subject));
	});
}

async function execIn(workspace: Workspace, command: [string, ...string[]], options: Partial<ExecOptions> = {}) {
	const output = { stdout: "", stderr: "" };
	const result = await workspace.exec(command, {
		env: {},
		signal: new AbortController().signal,
		...options,
		onOutput(stream, text) {
			output[stream] += text;
			options.onOutput?.(stream, text);
		},
	});
	return { ...result, ...output };
}

function describeCommand(run: Run, workspace: () => Workspace): void {
	it("gets its arguments untouched, without a shell in between", async () => {
		const nasty = ["$(touch pwned)", "a b", "", "*", "'\"\\", "x\ny"];
		const { stdout } = await execIn(workspace(), ["printf", "[%s]", ...nasty]);
		expect(stdout).toBe(nasty.map((each) => `[${each}]`).join(""));
		expect(await readdir(workspace().directory)).toEqual([]);
	});

	it("runs in the workspace and tells its exit code", async () => {
		expect(await run("pwd; exit 7")).toMatchObject({ exitCode: 7, stdout: `${workspace().directory}\n`, stderr: "" });
	});

	it("that a signal ended has 128 and the signal's number as its exit code", async () => {
		expect(await run("kill -SEGV $$")).toMatchObject({ exitCode: 139 });
	});

	it("that does not exist is refused", async () => {
		await expect(execIn(workspace(), ["no-such-program"])).rejects.toMatchObject({ code: "ENOENT" });
		await expect(execIn(workspace(), ["./no-such-program"])).rejects.toMatchObject({ code: "ENOENT" });
	});

	it("sees the environment it is given and nothing of the host's", async () => {
		process.env.WEFT_TEST_SECRET = "secret";
		const { stdout } = await run("env", { env: { GREETING: "hello\nworld" } });
		delete process.env.WEFT_TEST_SECRET;
		expect(stdout).toContain("GREETING=hello\nworld\n");
		expect(stdout).not.toContain("secret");
		const names = stdout.match(/^\w+(?==)/gm)?.filter((each) => !each.startsWith("WEFT_"));
		expect(names?.toSorted()).toEqual(["GREETING", "HOME", "LANG", "PATH", "PWD", "SHLVL", "TMPDIR", "_"]);
	});

	it("reads its standard input to the end, or finds it empty", async () => {
		expect(await run("cat", { stdin: "été\n" })).toMatchObject({ stdout: "été\n" });
		expect(await run("cat")).toMatchObject({ stdout: "", exitCode: 0 });
		expect(await run("exit 0", { stdin: "x".repeat(5_000_000) })).toMatchObject({ exitCode: 0 });
	});

	it("is answered on its standard input while it runs", async () => {
		const stdin = new PassThrough();
		const onOutput = (_: string, text: string) => void (text.includes("who?") && stdin.end("Ada\n"));
		const { stdout } = await run("echo who?; read -r name; echo hello $name", { stdin, onOutput });
		expect(stdout).toBe("who?\nhello Ada\n");
	});

	it("finds its files in a private directory that is gone afterwards", async () => {
		const files = { "a.txt": "text", "b.bin": new Uint8Array([0, 255]) };
		const { stdout } = await run(
			'cat "$WEFT_COMMAND_FILES/a.txt"; wc -c < "$WEFT_COMMAND_FILES/b.bin"; echo "$WEFT_COMMAND_FILES"',
			{ files },
		);
		expect(stdout).toMatch(/^text2\n/);
		await expect(stat(stdout.split("\n")[1] ?? "")).rejects.toMatchObject({ code: "ENOENT" });
		await expect(run("true", { files: { "../escape": "" } })).rejects.toThrow("no plain file name");
	});

	it("finds what it is handed under names of its own, and is not started without it", async () => {
		const open = async () => Readable.from([Buffer.from("handed")]);
		const { stdout } = await run('cat "$WEFT_FILES/a/b.txt"', { handed: [{ name: "a/b.txt", open }] });
		expect(stdout).toBe("handed");
		for (const name of ["../escape", "/etc/escape", "a/../../escape", ""])
			await expect(run("true", { handed: [{ name, open }] })).rejects.toThrow("no plain file name");
		const broken = async () => {
			throw new Error("gone");
		};
		await expect(run("echo started", { handed: [{ name: "a", open: broken }] })).rejects.toThrow("gone");
	});

	it("hands back the files that it leaves, and of no link, pipe or foreign name anything", async () => {
		const script = `cd "$WEFT_ARTIFACTS"; mkdir -p deep/er; echo one > deep/er/one; echo two > two; ln -s /etc/passwd link
			ln -s / folder; mkfifo pipe; mkdir empty; printf x > $'bad\\xff'; ln -s deep loop; exit 3`;
		const { left, exitCode } = await leave(run, script);
		expect(exitCode).toBe(3);
		expect(left.files).toEqual({ "deep/er/one": "one\n", two: "two\n" });
		expect(left.refused.map(({ name }) => name).toSorted()).toEqual(["bad\uFFFD", "folder", "link", "loop", "pipe"]);
	});

	it("hands back nothing through a link in the place of its folder", async () => {
		const script = 'rmdir "$WEFT_ARTIFACTS"; ln -s /etc "$WEFT_ARTIFACTS"';
		expect((await leave(run, script)).left).toMatchObject({ files: {}, refused: [{ name: "$WEFT_ARTIFACTS" }] });
	});

	it("hands back files of which there are too many in part, and says so", async () => {
		const { left } = await leave(run, 'cd "$WEFT_ARTIFACTS"; seq 1 10005 | xargs touch');
		expect(Object.keys(left.files)).toHaveLength(10_000);
		expect(left.refused).toHaveLength(1);
	});

	it("hands back what it appends to its output file", async () => {
		expect(await run('echo a=1 >> "$WEFT_OUTPUT"; echo b=2 >> "$WEFT_OUTPUT"')).toMatchObject({
			outputFile: "a=1\nb=2\n",
		});
		const { outputFile } = await run('head -c 3000000 /dev/zero | tr "\\0" x > "$WEFT_OUTPUT"');
		expect(outputFile).toHaveLength(1_000_000);
	});

	it("hands back the beginnings of files it was asked for", async () => {
		const script =
			'head -c 9000 /dev/zero | tr "\\0" x > "$WEFT_COMMAND_FILES/long"; ln -s /etc/passwd "$WEFT_COMMAND_FILES/link"';
		const { returnedFiles } = await run(script, { returnFiles: ["long", "link", "missing"] });
		expect(returnedFiles).toEqual({ long: "x".repeat(4_096) });
	});

	it("hands back nothing from a link or a pipe in the place of its output file", async () => {
		expect(await run('ln -sf /etc/passwd "$WEFT_OUTPUT"')).toMatchObject({ outputFile: "" });
		expect(await run('rm "$WEFT_OUTPUT"; mkfifo "$WEFT_OUTPUT"')).toMatchObject({ outputFile: "" });
		expect(await run('rm "$WEFT_OUTPUT"')).toMatchObject({ outputFile: "" });
	});
}

/** What a script leaves, with the content of the files. */
async function leave(run: Run, script: string) {
	const left: { files: Record<string, string>; refused: LeftFiles["refused"] } = { files: {}, refused: [] };
	const { exitCode } = await run(script, {
		async collect({ files, refused }) {
			left.refused = refused;
			for (const { name, open } of files) left.files[name] = await text(await open());
		},
	});
	return { left, exitCode };
}

function describeOutput(run: Run): void {
	it("arrives while the command runs, stream by stream", async () => {
		const abort = new AbortController();
		const onOutput = (_: string, text: string) => text === "ready\n" && abort.abort();
		const result = await run("echo warning >&2; echo ready; sleep 1000", { onOutput, signal: abort.signal });
		expect(result).toMatchObject({ killed: "signal", stdout: "ready\n", stderr: "warning\n" });
	});

	it("can be opened as a file", async () => {
		expect(await run("echo out > /dev/stdout; echo err | tee /dev/stderr > /dev/null")).toMatchObject({
			stdout: "out\n",
			stderr: "err\n",
		});
	});

	it("is decoded in whole characters, and bytes that are no text are marked", async () => {
		const { stdout } = await run("for i in {1..40000}; do printf '€🧵'; done; printf '\\xff\\xe2\\x82'");
		expect(stdout === `${"€🧵".repeat(40_000)}\uFFFD\uFFFD`).toBe(true);
	});

	it("is cut at its limit, counted, and remembered by its end", async () => {
		const script = "head -c 100000000 /dev/zero | tr '\\0' x; echo end; echo short >&2";
		const result = await run(script, { limits: { outputBytes: 1_000 } });
		expect(result).toMatchObject({ exitCode: 0, stdout: "x".repeat(1_000), stderr: "short\n" });
		expect(result.droppedBytes).toEqual({ stdout: 99_999_004, stderr: 0 });
		expect(result.droppedTail.stdout).toBe(`${"x".repeat(65_532)}end\n`);
		expect(result.droppedTail.stderr).toBe("");
	});

	it("does not lose a character that the cut would split", async () => {
		const result = await run("printf 'aéb'", { limits: { outputBytes: 2 } });
		expect(result).toMatchObject({ stdout: "a", droppedBytes: { stdout: 2 }, droppedTail: { stdout: "b" } });
	});

	it("is written whole to a file that the run can read, once it is too long", async () => {
		const overflow = { name: "step", afterBytes: 10 };
		expect((await run("printf 0123456789; printf short >&2", { overflow })).overflow).toEqual({});
		const script = "for i in {1..20000}; do echo 0123456789; done";
		const long = await run(script, { overflow, limits: { outputBytes: 5 } });
		expect(long.overflow).toMatchObject({ stdout: { bytes: 220_000, isWhole: true } });
		const { stdout } = await run(`wc -c < '${long.overflow.stdout?.file}'; tail -1 '${long.overflow.stdout?.file}'`);
		expect(stdout).toBe("220000\n0123456789\n");
		await expect(run("true", { overflow: { name: "../x", afterBytes: 1 } })).rejects.toThrow("no plain file name");
	});

	it("costs bounded memory, however much there is", async () => {
		const before = process.memoryUsage().rss;
		let peak = before;
		const watch = setInterval(() => {
			peak = Math.max(peak, process.memoryUsage().rss);
		}, 10);
		const result = await run("head -c 500000000 /dev/zero", { limits: { outputBytes: 100_000 } });
		clearInterval(watch);
		expect(result.droppedBytes.stdout).toBe(499_900_000);
		expect(peak - before).toBeLessThan(100_000_000);
	});

	it("may be endless until the time is up", async () => {
		const result = await run("yes", { limits: { outputBytes: 1_000, seconds: 0.5 } });
		expect(result).toMatchObject({ exitCode: null, killed: "timeout", stdout: "y\n".repeat(500) });
	});
}

function describeLimits(run: Run): void {
	it("hold its memory", async () => {
		const script = "head -c 200000000 /dev/zero | tail -c 199999999 | wc -c";
		expect(await run(script, { limits: { memoryBytes: 50_000_000 } })).toMatchObject({ stdout: "0\n" });
		expect(await run(script)).toMatchObject({ stdout: "199999999\n" });
	});

	it("hold the size of its files", async () => {
		const script = "head -c 2000000 /dev/zero > big; wc -c < big";
		expect(await run(script, { limits: { fileBytes: 1_048_576 } })).toMatchObject({ stdout: "1048576\n" });
	});

	it("hold its processor time", async () => {
		const { exitCode } = await run("while :; do :; done", { limits: { cpuSeconds: 1 } });
		expect([137, 152]).toContain(exitCode);
	});
}

function describeEnd(run: Run, subject: () => RunnerUnderTest): void {
	const FAMILY = "sleep 1001 & setsid sleep 1002 & (setsid bash -c 'trap \"\" TERM; sleep 1003; sleep 1004' &)";

	it("takes what it left in the background with it", async () => {
		await run("sleep 1000 & sleep 1000 & echo done");
		expect(await subject().countProcesses(RUN)).toBe(0);
	});

	it("is not held up by a process that left the group with the output open", async () => {
		expect(await run("setsid sleep 1000 & echo done")).toMatchObject({ exitCode: 0, stdout: "done\n" });
	});

	it.each(["signal", "timeout"] as const)("by %s kills every process it has started", async (reason) => {
		const abort = new AbortController();
		const onOutput = () => reason === "signal" && abort.abort();
		const limits = { seconds: reason === "timeout" ? 0.3 : 60 };
		const result = await run(`${FAMILY}; echo ready; wait`, { onOutput, limits, signal: abort.signal });
		expect(result).toMatchObject({ exitCode: null, killed: reason });
		await subject().runner.release(RUN);
		expect(await subject().countProcesses(RUN)).toBe(0);
	});

	it("leaves it a second to say goodbye", async () => {
		const abort = new AbortController();
		const script = "trap 'echo bye; exit 0' TERM; echo ready; while :; do read -t 1000 < <(sleep 1000); done";
		const result = await run(script, { signal: abort.signal, onOutput: () => abort.abort() });
		expect(result).toMatchObject({ killed: "signal", stdout: "ready\nbye\n" });
	});

	it("comes even if it will not hear of it", async () => {
		const abort = new AbortController();
		const script = "trap '' TERM INT HUP; echo ready; while :; do sleep 1000; done";
		const result = await run(script, { signal: abort.signal, onOutput: () => abort.abort() });
		expect(result).toMatchObject({ exitCode: null, killed: "signal" });
		expect(await subject().countProcesses(RUN)).toBe(0);
	});

	it("comes before the start when it was cancelled by then", async () => {
		const result = await run("touch started", { signal: AbortSignal.abort() });
		expect(result).toMatchObject({ exitCode: null, killed: "signal" });
		expect(await run("ls")).toMatchObject({ stdout: "" });
	});

	it("of one command leaves the run's other commands alone", async () => {
		const abort = new AbortController();
		const other = run("read -r line; echo other $line", { stdin: "done\n" });
		await run("echo ready; sleep 1000", { signal: abort.signal, onOutput: () => abort.abort() });
		expect(await other).toMatchObject({ exitCode: 0, stdout: "other done\n" });
	});
}

function describeWorkspace(run: Run, subject: () => RunnerUnderTest): void {
	it("is the same for every command of a run, also after a restart", async () => {
		await run("echo kept > note; echo home > ~/note");
		const later = await subject().restart().acquire(RUN);
		expect(await execIn(later, ["bash", "-c", "cat note ~/note"])).toMatchObject({ stdout: "kept\nhome\n" });
	});

	it("is another one for another run", async () => {
		await run("touch mine");
		const other = await subject().runner.acquire(OTHER_RUN);
		expect(await execIn(other, ["ls"])).toMatchObject({ stdout: "" });
	});

	it("of an item is its own, finds that of the run, and is removed with it", async () => {
		const { runner } = subject();
		await run("echo shared > note");
		const first = await runner.acquire(RUN, "each-0");
		const { stdout } = await execIn(first, ["sh", "-c", 'ls; cat "$WEFT_SHARED/note"; echo mine > file']);
		expect(stdout).toBe("shared\n");
		expect(await execIn(await runner.acquire(RUN, "each-1"), ["ls"])).toMatchObject({ stdout: "" });
		expect(await execIn(await runner.acquire(RUN, "each-0"), ["cat", "file"])).toMatchObject({ stdout: "mine\n" });
		await expect(runner.acquire(RUN, "../workspace")).rejects.toThrow();
		await runner.release(RUN);
		await expect(stat(first.directory)).rejects.toMatchObject({ code: "ENOENT" });
	});

	it("is removed with its release, and so is whatever still runs in it", async () => {
		const { directory } = await subject().runner.acquire(RUN);
		const output = new EventEmitter();
		const ready = once(output, "text");
		const script = "mkdir -p a/b; touch a/b/c; chmod -R a-w a; echo ready; sleep 1000";
		const pending = run(script, { onOutput: (_, text) => output.emit("text", text) });
		await ready;
		await subject().runner.release(RUN);
		expect(await pending).toMatchObject({ killed: "signal" });
		await expect(stat(directory)).rejects.toMatchObject({ code: "ENOENT" });
		expect(await subject().countProcesses(RUN)).toBe(0);
	});

	it("may be released twice, or without ever having been acquired", async () => {
		await subject().runner.release(RUN);
		await subject().runner.release(RUN);
		await subject().runner.release("run-never-seen");
		expect((await subject().runner.acquire(RUN)).directory).toContain(RUN);
	});

	it("cannot be had for an id that leads elsewhere", async () => {
		for (const id of ["..", "a/b", "", ".", join("..", "x")])
			await expect(subject().runner.acquire(id)).rejects.toThrow("no id of a run");
	});
}
