import { constants, createWriteStream } from "node:fs";
import { lstat, mkdir, open, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { removeTree } from "./remove-tree";
import type { HandedFile } from "./runner";

const MAX_OUTPUT_FILE_BYTES = 1_000_000;
const MAX_RETURNED_FILE_BYTES = 4_096;

/** The private directory of one command: what it is handed, what it hands back, and its temporary files. */
export interface CommandDirectory {
	root: string;
	files: string;
	/** What it is handed under names of its own, with folders. */
	handed: string;
	/** Where it leaves files. */
	left: string;
	output: string;
	temporary: string;
	/** What a sandbox shows as `/dev/shm`. */
	sharedMemory: string;
	/** Read by the launch script: `writeEnvironment`. */
	environment: string;
}

/** @param files by plain file name. @throws for a name that leads out of the directory. */
export async function createCommandDirectory(
	root: string,
	files: Record<string, string | Uint8Array>,
): Promise<CommandDirectory> {
	const directory = {
		root,
		files: join(root, "files"),
		handed: join(root, "handed"),
		left: join(root, "left"),
		output: join(root, "output"),
		temporary: join(root, "tmp"),
		sharedMemory: join(root, "shm"),
		environment: join(root, "environment"),
	};
	await mkdir(directory.files, { recursive: true, mode: 0o700 });
	await Promise.all([
		...[directory.handed, directory.left, directory.temporary].map((path) => mkdir(path, { mode: 0o700 })),
		mkdir(directory.sharedMemory, { mode: 0o700 }),
		writeFile(directory.output, ""),
		...Object.entries(files).map(([name, content]) => writeFile(join(directory.files, checkName(name)), content)),
	]);
	return directory;
}

/** Writes files below `handed`. @throws for a name that leads out of it, or of which there are two. */
export async function handFiles({ handed }: CommandDirectory, files: readonly HandedFile[]): Promise<void> {
	for (const { name, open } of files) {
		const path = join(handed, ...name.split("/").map(checkName));
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		await pipeline(await open(), createWriteStream(path, { flags: "wx", mode: 0o600 }));
	}
}

/** What the command wrote to its output file. */
export function readOutputFile({ output }: CommandDirectory): Promise<string> {
	return readBeginning(output, MAX_OUTPUT_FILE_BYTES);
}

/** The beginnings of the files of these names; those that are not there, or hold nothing, are left out. */
export async function readReturnedFiles({ files }: CommandDirectory, names: readonly string[]) {
	// A command may have put a link in the place of the directory itself.
	if (!(await lstat(files).catch(() => undefined))?.isDirectory()) return {};
	const texts = await Promise.all(
		names.map((name) => readBeginning(join(files, checkName(name)), MAX_RETURNED_FILE_BYTES)),
	);
	return Object.fromEntries(names.flatMap((name, index) => (texts[index] ? [[name, texts[index]]] : [])));
}

/** A link or a pipe that the command put in a file's place reads as nothing. */
async function readBeginning(path: string, limit: number): Promise<string> {
	const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
	const file = await open(path, flags).catch(() => undefined);
	if (file === undefined) return "";
	try {
		const stat = await file.stat();
		const length = stat.isFile() ? Math.min(stat.size, limit) : 0;
		if (length === 0) return "";
		const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
		return buffer.toString("utf8", 0, bytesRead);
	} finally {
		await file.close();
	}
}

export function removeCommandDirectory({ root }: CommandDirectory): Promise<void> {
	return removeTree(root);
}

export function checkName(name: string): string {
	if (name === "" || name === "." || name === ".." || /[/\0]/.test(name))
		throw new Error(`"${name}" is no plain file name.`);
	return name;
}
