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

/** The file of a program, or undefined when there is none that may be executed. */
export async function findProgram(program: string, directory: string, path: string): Promise<string | undefined> {
	const candidates = program.includes("/")
		? [resolve(directory, program)]
		: path.split(":").map((folder) => join(folder, program));
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
