import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalRunner, type LocalRunnerOptions } from "./local-runner";
import type { Command, ExecOptions, Runner, Workspace } from "./runner";

/** A data directory with a secret in it, and a run that another one would like to read. For tests of escapes. */
export interface EscapeFixture {
	/** Stands in the file `secret`, in the environment of this process and in the other run's workspace. */
	secret: string;
	data: string;
	runner: Runner;
	workspace: Workspace;
	other: Workspace;
	run(command: Command, options?: Partial<ExecOptions>): Promise<{ exitCode: number | null; printed: string }>;
	bash(script: string, options?: Partial<ExecOptions>): Promise<{ exitCode: number | null; printed: string }>;
	dispose(): Promise<void>;
}

export async function createEscapeFixture(options: Partial<LocalRunnerOptions>): Promise<EscapeFixture> {
	const secret = `secret-${randomBytes(12).toString("hex")}`;
	const data = await realpath(await mkdtemp(join(tmpdir(), "weft-escapes-")));
	await writeFile(join(data, "secret"), secret);
	process.env.WEFT_ESCAPE_SECRET = secret;
	const directory = join(data, "workspaces");
	const runner = createLocalRunner({ directory, workerId: "test", hidden: [data], ...options });
	const workspace = await runner.acquire("mine");
	const other = await runner.acquire("other");
	await writeFile(join(other.directory, "note"), secret);
	await mkdir(join(workspace.directory, "bin"));
	const run: EscapeFixture["run"] = async (command, given) => {
		let printed = "";
		const result = await workspace.exec(command, {
			env: {},
			signal: new AbortController().signal,
			...given,
			onOutput: (_, text) => {
				printed += text;
			},
		});
		return { exitCode: result.exitCode, printed: printed + result.outputFile };
	};
	return {
		...{ secret, data, runner, workspace, other, run },
		bash: (script, given) => run(["bash", "--norc", "-c", script], given),
		async dispose() {
			delete process.env.WEFT_ESCAPE_SECRET;
			for (const id of ["mine", "other"]) await runner.release(id);
			await rm(data, { recursive: true, force: true });
		},
	};
}
