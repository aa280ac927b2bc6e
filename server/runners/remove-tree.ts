import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errors";

/** Removes a directory and all in it, also what a command has made read-only; links are never followed. */
export async function removeTree(directory: string): Promise<void> {
	try {
		await rm(directory, { recursive: true, force: true, maxRetries: 3 });
	} catch (error) {
		if (!isProtected(error)) throw error;
		await openDirectories(directory);
		await rm(directory, { recursive: true, force: true, maxRetries: 3 });
	}
}

function isProtected(error: unknown): boolean {
	return ["EACCES", "EPERM"].includes(errorCode(error) ?? "");
}

async function openDirectories(directory: string): Promise<void> {
	await chmod(directory, 0o700);
	for (const entry of await readdir(directory, { withFileTypes: true }))
		if (entry.isDirectory()) await openDirectories(join(directory, entry.name));
}
