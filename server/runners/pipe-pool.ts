import { execFile } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findHostProgram } from "./find-program";
import { toProcessEnv } from "./process-env";

const POOL_SIZE = 16;
const FOLDER = ".pipes";
/** Making pipes takes milliseconds: names that are older were left behind. */
const STALE_AFTER_MS = 3_600_000;
const run = promisify(execFile);

export interface Pipe {
	read: number;
	write: number;
}

/**
 * Real pipes for the output of commands. Node.js gives its children sockets, on which `echo > /dev/stderr` and all
 * else that opens `/dev/stdout` fails. Named pipes are made a few at a time, opened at both ends and unlinked.
 */
export class PipePool {
	private readonly spare: Pipe[] = [];
	private filling: Promise<void> | undefined;

	/** @param directory where the pipes have names for a moment */
	constructor(private readonly directory: string) {}

	async take(): Promise<Pipe> {
		for (;;) {
			const pipe = this.spare.pop();
			if (pipe !== undefined) return pipe;
			this.filling ??= this.fill().finally(() => {
				this.filling = undefined;
			});
			await this.filling;
		}
	}

	private async fill(): Promise<void> {
		const folder = join(this.directory, FOLDER);
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const directory = await mkdtemp(join(folder, "made-"));
		try {
			const paths = Array.from({ length: POOL_SIZE }, (_, index) => join(directory, String(index)));
			await run((await findHostProgram("mkfifo")) ?? "/usr/bin/mkfifo", ["-m", "600", ...paths], {
				env: toProcessEnv({}),
			});
			for (const path of paths) this.spare.push(openBothEnds(path));
		} finally {
			await rm(directory, { recursive: true, force: true });
		}
	}
}

/**
 * Removes the names that workers left behind when they died in the very moment of making pipes. They are told by their age:
 * workers of other machines may share the directory, and nobody here sees whether those live.
 */
export async function removeStalePipes(directory: string): Promise<void> {
	const folder = join(directory, FOLDER);
	for (const name of await readdir(folder).catch(() => [])) {
		const path = join(folder, name);
		const found = await stat(path).catch(() => undefined);
		if (found && Date.now() - found.mtimeMs > STALE_AFTER_MS) await rm(path, { recursive: true, force: true });
	}
}

function openBothEnds(path: string): Pipe {
	const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		return { read, write: openSync(path, constants.O_WRONLY) };
	} catch (error) {
		closeSync(read);
		throw error;
	}
}
