import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errors";

/** A restore must not meet what its program for archives (1,024) or its system (4,096) would refuse. */
const MAX_FOLDERS = 1_000;
const MAX_PATH_BYTES = 3_000;

/** A file that is not there any more, may not be read, or became something else. */
const SKIPPED_ERRORS = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ENAMETOOLONG", "ELOOP", "EISDIR"]);

/**
 * Copies the files, folders and links of runs, while those may be at work. What goes away meanwhile, cannot be read or is
 * nested beyond reason is left out: no command may keep a backup from being made.
 */
export async function copyWorkspaces(from: string, to: string): Promise<void> {
	await mkdir(to);
	await copyFolder({ from, to, path: [] });
}

interface Folder {
	from: string;
	to: string;
	/** Its names below the root. */
	path: readonly string[];
}

async function copyFolder({ from, to, path }: Folder): Promise<void> {
	for (const name of await readdir(from)) {
		const below = { from: join(from, name), to: join(to, name), path: [...path, name] };
		if (below.path.length > MAX_FOLDERS || Buffer.byteLength(below.path.join("/")) > MAX_PATH_BYTES) continue;
		try {
			await copyEntry(below);
		} catch (error) {
			if (!SKIPPED_ERRORS.has(errorCode(error) ?? "")) throw error;
		}
	}
}

async function copyEntry(entry: Folder): Promise<void> {
	const found = await lstat(entry.from);
	if (found.isSymbolicLink()) await symlink(await readlink(entry.from), entry.to);
	else if (found.isFile()) await copyFile(entry);
	else if (found.isDirectory()) {
		await mkdir(entry.to, { mode: 0o700 });
		await copyFolder(entry);
	}
}

/** A link or a pipe that takes the file's place in this very moment is neither followed nor waited for. */
async function copyFile({ from, to }: Folder): Promise<void> {
	const file = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const { mode } = await file.stat();
		await writeFile(to, file.createReadStream({ autoClose: false }), { mode: (mode & 0o777) | 0o600 });
	} finally {
		await file.close();
	}
}
