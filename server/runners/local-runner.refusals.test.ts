import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FatalError } from "../errors";
import { createLocalRunner, type LocalRunnerOptions } from "./local-runner";
import { createRunId } from "./test-run-id";

vi.mock("./sandbox", () => ({ probeSandbox: async () => ({ state: "missing" }) }));

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-refusals-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function runTrue(sandbox: LocalRunnerOptions["sandbox"], network?: boolean) {
	const workspace = await createLocalRunner({ directory, workerId: "test", sandbox }).acquire(createRunId());
	const { exitCode } = await workspace.exec(["true"], {
		...{ env: {}, network, signal: new AbortController().signal, onOutput: () => {} },
	});
	return exitCode;
}

it("refuses every command for good where a sandbox is required and there is none", async () => {
	const failure = runTrue("require");
	await expect(failure).rejects.toThrow(FatalError);
	await expect(failure).rejects.toThrow(
		"There is no sandbox: install bubblewrap on the worker's machine (apt-get install bubblewrap). This server runs commands in a sandbox only (WEFT_SANDBOX=require).",
	);
});

it("refuses a command that shall be cut off from the network, and runs the others, where a sandbox is not required", async () => {
	await expect(runTrue("auto", false)).rejects.toThrow("Without it a step cannot be cut off from the network.");
	expect(await runTrue("auto", true)).toBe(0);
});

it("refuses a command that needs a sandbox", async () => {
	const workspace = await createLocalRunner({ directory, workerId: "test" }).acquire(createRunId());
	const options = { env: {}, signal: new AbortController().signal, onOutput: () => {} };
	await expect(workspace.exec(["true"], { ...options, needsSandbox: true })).rejects.toThrow(
		"Choose another mode in the step, or set the sandbox up.",
	);
});

it("publishes why there is no sandbox", async () => {
	const runner = createLocalRunner({ directory, workerId: "test", sandbox: "require" });
	expect(await runner.isolation()).toEqual({ state: "missing", isRequired: true });
});
