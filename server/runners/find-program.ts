import { access, constants, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Where commands look for programs: the system's places, and those of the Node.js that runs Weft. */
export const PROGRAM_PATH = [
	"/usr/local/sbin",
	"/usr/local/bin",
	"/usr/sbin",
	"/usr/bin",
	"/sbin",
	"/bin",
	"/opt/homebrew/bin",
	dirname(process.execPath),
].join(":");

const known = new Map<string, string>();

/**
 * The absolute path of a program of the system, or undefined when it is not installed. What was found once stays: no
 * command's `PATH` has a say in what guards it.
 */
export async function findHostProgram(name: string): Promise<string | undefined> {
	const found = known.get(name) ?? (await firstExecutable(PROGRAM_PATH.split(":").map((folder) => join(folder, name))));
	if (found !== undefined) known.set(name, found);
	return found;
}

/** POSIX asks every system to have one. */
export async function findShell(): Promise<string> {
	return (await findHostProgram("sh")) ?? "/bin/sh";
}

/** The program of a command: a path is looked for from `directory`, a name among the programs of the system. */
export async function findProgram(program: string, directory: string): Promise<string | undefined> {
	return program.includes("/") ? firstExecutable([resolve(directory, program)]) : findHostProgram(program);
}

async function firstExecutable(candidates: readonly string[]): Promise<string | undefined> {
	for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
	return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
	try {
		await access(file, constants.X_OK);
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
}
