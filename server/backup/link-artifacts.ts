import { copyFile, link, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../errors";

/**
 * Adds the files of runs to a folder, without copying their bytes where one disk holds both: a stored file never changes.
 * What is still being written is left out, and what was added before is kept, so that it may be called again.
 */
export async function linkArtifacts(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true });
	const found = await readdir(from, { recursive: true, withFileTypes: true }).catch((error) => {
		if (errorCode(error) === "ENOENT") return [];
		throw error;
	});
	for (const entry of found) {
		if (!entry.isFile() || entry.name.endsWith(".part")) continue;
		const source = join(entry.parentPath, entry.name);
		await addFile(source, join(to, source.slice(from.length)));
	}
}

async function addFile(source: string, target: string): Promise<void> {
	await mkdir(dirname(target), { recursive: true });
	try {
		await link(source, target);
	} catch (error) {
		const code = errorCode(error);
		// Its run was deleted meanwhile.
		if (code === "EEXIST" || code === "ENOENT") return;
		await copyFile(source, target);
	}
}
