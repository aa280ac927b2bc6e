import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { findHostProgram } from "./find-program";
import { toProcessEnv } from "./process-env";

const run = promisify(execFile);

/**
 * Removes a directory and all in it, also what a command has made read-only, nested deeper than a path can tell or named
 * with bytes that are no text; links are never followed.
 */
export async function removeTree(directory: string): Promise<void> {
	try {
		await rm(directory, { recursive: true, force: true, maxRetries: 3 });
	} catch {
		// The system's programs go from directory to directory, where Node.js knows whole paths only.
		await runOn(directory, ["chmod", "-R", "u+rwx"]).catch(() => {});
		await runOn(directory, ["rm", "-rf"]);
	}
}

async function runOn(directory: string, [name, ...args]: readonly [name: string, ...args: string[]]): Promise<void> {
	const program = (await findHostProgram(name)) ?? `/bin/${name}`;
	await run(program, [...args, "--", directory], { env: toProcessEnv({}), maxBuffer: 16_000_000 });
}
