import { execFile } from "node:child_process";
import { opendir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { errorCode } from "../errors";
import { findHostProgram } from "./find-program";
import { toProcessEnv } from "./process-env";

const run = promisify(execFile);

/** Node.js holds all entries of a directory in memory while it removes them: larger directories are left to `rm`. */
const SMALL_DIRECTORY = 1_000;

/**
 * Removes a directory and all in it, also what a command has made read-only, nested deeper than a path can tell or named
 * with bytes that are no text; links are never followed.
 */
export async function removeTree(directory: string): Promise<void> {
	if ((await isSmall(directory)) && (await tryRemove(directory))) return;
	// The system's programs go from directory to directory, where Node.js knows whole paths only.
	await runOn(directory, ["rm", "-rf"]).catch(async () => {
		await runOn(directory, ["chmod", "-R", "u+rwx"]).catch(() => {});
		await runOn(directory, ["rm", "-rf"]);
	});
}

async function tryRemove(directory: string): Promise<boolean> {
	return await rm(directory, { recursive: true, force: true, maxRetries: 3 }).then(
		() => true,
		() => false,
	);
}

/** Whether a directory has few files in it, or is not there; one that cannot be read may have many. */
async function isSmall(directory: string): Promise<boolean> {
	const folders = [directory];
	let count = 0;
	try {
		for (const folder of folders) {
			for await (const entry of await opendir(folder)) {
				count += 1;
				if (count > SMALL_DIRECTORY) return false;
				if (entry.isDirectory()) folders.push(join(folder, entry.name));
			}
		}
		return true;
	} catch (error) {
		return count === 0 && errorCode(error) === "ENOENT";
	}
}

async function runOn(directory: string, [name, ...args]: readonly [name: string, ...args: string[]]): Promise<void> {
	const program = (await findHostProgram(name)) ?? `/bin/${name}`;
	await run(program, [...args, "--", directory], { env: toProcessEnv({}), maxBuffer: 16_000_000 });
}
