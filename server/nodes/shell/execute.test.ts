import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { replaceShellReferences } from "@/server/plan/shell/shell-references";
import { createRunId } from "@/server/runners/test-run-id";
import { FatalError, RetryableError } from "../../errors";
import { createLocalRunner } from "../../runners/local-runner";
import type { Runner, Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { shellDefinition } from "./definition";
import { executeShell } from "./execute";

const RUN = createRunId();

let root: string;
let runner: Runner;
let workspace: Workspace;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-shell-step-"));
	runner = createLocalRunner({ directory: root, workerId: "test" });
	workspace = await runner.acquire(RUN);
});
afterAll(async () => {
	await runner.release(RUN);
	await rm(root, { recursive: true, force: true });
});

type Config = z.input<typeof shellDefinition.config>;

function start(config: Config, options: Parameters<typeof createTestContext>[0] = {}) {
	const context = createTestContext({ workspace, ...options });
	return { context, done: executeShell(z.parse(shellDefinition.config, config), context) };
}

async function outputOf(config: Config, env: Record<string, string> = {}) {
	return (await start(config, { env }).done).output;
}

describe("a shell step", () => {
	it("puts out its exit code and what it printed, and logs it as it comes", async () => {
		const { context, done } = start({ command: "echo out; echo err >&2" });
		expect((await done).output).toEqual({ exitCode: 0, stdout: "out\n", stderr: "err\n" });
		expect(context.effects.logs).toContainEqual({ level: "stdout", text: "out\n" });
		expect(context.effects.logs).toContainEqual({ level: "stderr", text: "err\n" });
	});

	it("puts out what it appends to $WEFT_OUTPUT, as pairs or as JSON", async () => {
		const command = `echo version=1.2=3 >> $WEFT_OUTPUT; echo '{"tags": ["a", 1], "version": null}' >> "$WEFT_OUTPUT"`;
		expect(await outputOf({ command })).toMatchObject({ version: null, tags: ["a", 1], exitCode: 0 });
	});

	it("can be repeated with the same result", async () => {
		const config = { command: "mkdir -p out; echo a=1 >> $WEFT_OUTPUT; ls" };
		expect(await outputOf(config)).toEqual(await outputOf(config));
	});

	it("keeps the files that it leaves, and finds those of others", async () => {
		const files = { a: { name: "in/a.txt", content: "one" }, b: { name: "in/a.txt", content: "two" } };
		const command = 'cat "$WEFT_FILES"/in/*; mkdir "$WEFT_ARTIFACTS/out"; echo made > "$WEFT_ARTIFACTS/out/b.txt"';
		const { context, done } = start({ command, files: [{ id: "a" }, { id: "b" }] }, { files });
		expect((await done).output).toMatchObject({ stdout: "twoone", artifacts: [{ name: "out/b.txt", size: 5 }] });
		expect(context.effects.artifacts).toEqual(new Map([["out/b.txt", "made\n"]]));
		expect(context.effects.logs).toContainEqual({ level: "info", text: "in/a-2.txt (3 bytes) is in $WEFT_FILES.\n" });
	});

	it("keeps the files that it leaves also when it fails", async () => {
		const failure = start({ command: 'echo why > "$WEFT_ARTIFACTS/why.log"; exit 2' }).done;
		await expect(failure).rejects.toMatchObject({ output: { exitCode: 2, artifacts: [{ name: "why.log" }] } });
	});

	it.each([
		["echo exitCode=0 >> $WEFT_OUTPUT", "“exitCode”"],
		[`echo '{"__proto__": 1}' >> $WEFT_OUTPUT`, "“__proto__”"],
		["printf 'a=1\\nno pair\\n' >> $WEFT_OUTPUT", "Line 2 of $WEFT_OUTPUT is neither name=value"],
		["echo '{nope' >> $WEFT_OUTPUT", "Line 1 of $WEFT_OUTPUT begins a JSON object that is never closed"],
		["head -c 1500000 /dev/zero > $WEFT_OUTPUT", "more than 1 MB"],
	])("refuses for good what it cannot put out: %s", async (command, message) => {
		const failure = outputOf({ command });
		await expect(failure).rejects.toThrow(FatalError);
		await expect(failure).rejects.toThrow(message);
	});

	it("fails with its exit code and the last line of its error output, so that it may be tried again", async () => {
		const failure = outputOf({ command: "echo working\nno_such_command" });
		await expect(failure).rejects.toThrow(RetryableError);
		await expect(failure).rejects.toThrow(/^exit 127: shell: line 2: no_such_command: command not found$/);
	});

	it("stops at the first command that fails, also inside a pipe", async () => {
		await expect(outputOf({ command: "false\ntouch reached" })).rejects.toThrow(
			/^exit 1: line 1 failed without a message: false$/,
		);
		await expect(outputOf({ command: "exit 4 | cat\ntouch reached" })).rejects.toThrow(
			/^exit 4: line 1 failed without a message: exit 4 \| cat \(the parts of the pipe ended with 4, 0\)\.$/,
		);
		expect(await outputOf({ command: "ls" })).not.toMatchObject({ stdout: expect.stringContaining("reached") });
	});

	it("says what happened when a part of a pipe fails without a word", async () => {
		await expect(outputOf({ command: "echo start\necho abc |\n  grep x |\n  wc -l" })).rejects.toThrow(
			/^exit 1: line 4 failed without a message: .*the parts of the pipe ended with 0, 1, 0/,
		);
		await expect(outputOf({ command: "echo abc | grep x | wc -l" })).rejects.toThrow(
			"grep ends with 1 when it finds nothing",
		);
		await expect(outputOf({ command: "yes | head -1" })).rejects.toThrow(/^exit 141 \(SIGPIPE: .*pipefail/);
	});

	it("leaves what it printed and its exit code to whoever handles its failure", async () => {
		const failure = outputOf({ command: "echo out; echo err >&2; exit 9" });
		await expect(failure).rejects.toMatchObject({ output: { exitCode: 9, stdout: "out\n", stderr: "err\n" } });
	});

	it.each([
		["#!/usr/bin/env python3\nimport sys\nprint(sys.version_info[0])", /^3\n$/],
		["#!/usr/bin/python3 -E\nprint('direct')", /^direct\n$/],
		["#!/bin/sh\necho $0", /\/command\n$/],
		["#!/usr/bin/env -S python3 -u\nprint('split')", /^split\n$/],
		["#!/bin/bash\necho $0; false | true || echo pipefail", /^shell\npipefail\n$/],
		["#!/usr/bin/env bash\r\necho a\r\necho b\r\n", /^a\nb\n$/],
		["#!/bin/bash -eu\necho $-", /^[a-z]*e[a-z]*u[a-zA-Z]*\n$/],
		["if true; then\r\n  cat <<END\r\nx\r\nEND\r\nfi\r\n", /^x\n$/],
	])("does what its first line and its line ends say: %j", async (command, stdout) => {
		expect(await outputOf({ command })).toMatchObject({ stdout: expect.stringMatching(stdout) });
	});

	it("run by another program gets its environment and its directory, and no references", async () => {
		await outputOf({ command: "mkdir -p sub" });
		const command = "#!/usr/bin/env python3\nimport os\nprint(os.environ['NAME'], os.path.basename(os.getcwd()))";
		expect(await outputOf({ command, env: { NAME: "ada" }, workingDirectory: "sub" })).toMatchObject({
			stdout: "ada sub\n",
		});
		await expect(outputOf({ command }, { WEFT_REF_1: "x" })).rejects.toThrow("python3 reads no {{ references }}");
		await expect(outputOf({ command: "#!/bin/sh\nfalse\necho reached" })).rejects.toThrow(/^exit 1$/);
		await expect(outputOf({ command: "#!/usr/bin/env nope\n1" })).rejects.toThrow(/^exit 127: .*nope/);
	});

	it("succeeds with the exit codes that it is told mean success", async () => {
		expect(await outputOf({ command: "exit 3", allowedExitCodes: [0, 3] })).toMatchObject({ exitCode: 3 });
		await expect(outputOf({ command: "exit 0", allowedExitCodes: [3] })).rejects.toThrow(/^exit 0$/);
	});

	it("sees its variables, as text or as JSON", async () => {
		const command = 'echo "$NAME $LIST $COUNT"';
		const env = { NAME: "a\nb", LIST: [1, { a: 2 }], COUNT: 3 };
		expect(await outputOf({ command, env })).toMatchObject({ stdout: 'a\nb [1,{"a":2}] 3\n' });
	});

	it("gets values that no environment can hold", async () => {
		const big = `${"é".repeat(300_000)}\n\n`;
		const command = `cat <<< "$BIG" | wc -c; printf %s "\${BIG: -3}" | od -c | head -1; echo $LINENO`;
		const { stdout } = await outputOf({ command, env: { BIG: big } });
		expect(stdout).toBe("600003\n0000000 303 251  \\n  \\n\n1\n");
		await expect(outputOf({ command: "true", env: { X: "a\0b" } })).rejects.toThrow("X holds a NUL character");
	});

	it("runs in a directory of its workspace and in no other", async () => {
		await outputOf({ command: `mkdir -p "it's here/-x"` });
		const { stdout } = await outputOf({ command: "pwd", workingDirectory: "it's here/-x" });
		expect(stdout).toBe(`${workspace.directory}/it's here/-x\n`);
		for (const workingDirectory of ["/etc", "../x", "a/../../x"])
			await expect(outputOf({ command: "pwd", workingDirectory })).rejects.toThrow("leads out of the workspace");
		await expect(outputOf({ command: "pwd", workingDirectory: "missing" })).rejects.toThrow(/^exit 1: .*No such file/);
	});

	it("ends with the reason of whoever cancels it", async () => {
		const abort = new AbortController();
		const { context, done } = start({ command: "echo ready; sleep 1000" }, { signal: abort.signal });
		const failure = expect(done).rejects.toThrow("cancelled by a person");
		context.log = () => abort.abort(new Error("cancelled by a person"));
		await failure;
	});

	it("is held to its memory limit", async () => {
		const command = "head -c 300000000 /dev/zero | tail -c 299999999 | wc -c";
		await expect(outputOf({ command, memoryMb: 64 })).rejects.toThrow(/^exit 1: .*memory exhausted/);
	});
});

describe("the output of a shell step", () => {
	it("is marked where it is no text", async () => {
		expect(await outputOf({ command: "printf 'a\\0\\xff\\xfeb'" })).toMatchObject({ stdout: "a\0\uFFFD\uFFFDb" });
	});

	it("is whole up to 1 MB", async () => {
		const { stdout } = await outputOf({ command: 'seq -f "item-%06g-abcdefghijklm" 1 30000' });
		expect(stdout?.split("\n").slice(0, -1)).toHaveLength(30_000);
		expect(stdout?.startsWith("item-000001-")).toBe(true);
	});

	it("is left out when it is longer, with its end and the file of the whole in its place", async () => {
		const command = "head -c 100000000 /dev/zero | tr '\\0' x; echo the end; echo short >&2";
		const { context, done } = start({ command });
		const { output } = await done;
		const { truncated, ...rest } = output;
		expect(rest).toEqual({ exitCode: 0, stderr: "short\n" });
		expect(truncated?.stdout).toMatchObject({ bytes: 100_000_008, isWhole: true });
		expect(truncated?.stdout?.end).toHaveLength(65_536);
		expect(truncated?.stdout?.end.endsWith("xxxthe end\n")).toBe(true);
		const reading = await outputOf({ command: `wc -c < '${truncated?.stdout?.file}'` });
		expect(reading).toMatchObject({ stdout: "100000008\n" });
		const { logs } = context.effects;
		const logged = logs.filter(({ level }) => level === "stdout").reduce((sum, { text }) => sum + text.length, 0);
		expect(logged).toBe(8_000_000);
		expect(logs.at(-1)).toEqual({
			level: "warn",
			text: "The log keeps the first 8 MB of stdout; 92,000,008 more bytes were left out.\n",
		});
	});

	it("is handed on on both streams at once", async () => {
		const command = "head -c 900000 /dev/zero | tr '\\0' x | tee /dev/stderr";
		const { stdout, stderr, truncated } = await outputOf({ command });
		expect([stdout?.length, stderr?.length, truncated]).toEqual([900_000, 900_000, undefined]);
	});

	it("of control characters is left out where JSON would make it too long", async () => {
		const { truncated } = await outputOf({ command: "head -c 300000 /dev/zero" });
		expect(truncated?.stdout).toMatchObject({ bytes: 300_000 });
	});
});

describe("a hostile value in a shell step", () => {
	const SCRIPT = `printf '[%s]' {{ v }} "{{ v }}" '{{ v }}' "$(echo {{ v }})"
cat <<EOF
[{{ v }}]
EOF`;

	it.each([
		['"; rm -rf / #'],
		["'; touch pwned #"],
		["$(touch pwned)"],
		["`touch pwned`"],
		["\ntouch pwned\nEOF\ntouch pwned\n"],
		["a[$(touch pwned)]"],
		["* ~ {a,b} $HOME"],
		["-e"],
	])("stays a value: %j", async (value) => {
		await writeFile(join(workspace.directory, "precious"), "");
		const { command, env } = replaceShellReferences(SCRIPT, () => value);
		const { stdout } = await outputOf({ command }, env);
		const inner = value === "-e" ? "" : value.replace(/\n+$/, "");
		expect(stdout).toBe(`[${value}][${value}][${value}][${inner}][${value}]\n`);
		const { stdout: files } = await outputOf({ command: "ls" });
		expect(files).toContain("precious");
		expect(files).not.toContain("pwned");
	});
});
