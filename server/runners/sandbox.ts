import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { CommandDirectory } from "./command-directory";
import { findHostProgram, findShell } from "./find-program";
import { toProcessEnv } from "./process-env";

/** Builds the options of bubblewrap for one command. They travel through a descriptor, never a command line. */
export interface Sandbox {
	/** bubblewrap's absolute path. */
	readonly program: string;
	optionsFor(place: SandboxPlace): string[];
}

export interface SandboxPlace {
	home: string;
	workspace: string;
	/** The run's workspace, where the command works in that of an item. */
	shared: string;
	/** Read only: the worker writes there, and follows no link that a command could make. */
	output: string;
	command: CommandDirectory;
	/** False leaves the command a loopback of its own and nothing else. */
	network: boolean;
}

export type SandboxProbe = { state: "on"; sandbox: Sandbox } | { state: "missing" | "forbidden"; reason?: string };

const SYSTEM_DIRECTORIES = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store"];
const SYSTEM_FILES = [
	"alternatives",
	"ca-certificates",
	"group",
	"host.conf",
	"hosts",
	"java",
	"ld.so.cache",
	"ld.so.conf",
	"ld.so.conf.d",
	"localtime",
	"mime.types",
	"nsswitch.conf",
	"os-release",
	"passwd",
	"pki",
	"protocols",
	"resolv.conf",
	"services",
	"ssl",
	"timezone",
].map((name) => `/etc/${name}`);
/** Root may read the private keys beside the certificates. */
const PRIVATE_DIRECTORIES = ["/etc/ssl/private", "/etc/pki/tls/private"];
/** A home directory is covered below these only: some system accounts live in `/bin` or `/usr/sbin`. */
const HOMES_AMONG_PROGRAMS = /^\/(?:opt|nix|usr\/local)\//;

/**
 * Finds bubblewrap and asks whether it may make namespaces here, which containers often forbid.
 * @param hidden absolute paths of which nothing may be visible inside, wherever they lie.
 */
export async function probeSandbox(hidden: readonly string[]): Promise<SandboxProbe> {
	const program = await findHostProgram("bwrap");
	if (program === undefined) return { state: "missing" };
	const base = baseOptions(hidden.filter(existsSync).map((path) => realpathSync(path)));
	const shell = await findShell();
	return new Promise((resolve) => {
		const options = { env: toProcessEnv({}), timeout: 5_000 };
		execFile(program, [...base, "--share-net", "--", shell, "-c", ":"], options, (error, _, stderr) => {
			if (error) return resolve({ state: "forbidden", reason: stderr.trim().split("\n").at(-1) || error.message });
			const optionsFor = (place: SandboxPlace) => [...base, ...placeOptions(place), ...sealOptions(base)];
			resolve({ state: "on", sandbox: { program, optionsFor } });
		});
	});
}

/** Namespaces of its own, the system read-only, nothing else of the host. Everything inside dies with the worker. */
function baseOptions(hidden: readonly string[]): string[] {
	const covered = withoutNested([...hidden, ...PRIVATE_DIRECTORIES.filter(existsSync), ...homeAmongPrograms()]);
	const bind = (path: string) => [...["--ro-bind-try", path, path], ...hideInside(path, covered)];
	return [
		"--unshare-all",
		"--die-with-parent",
		"--clearenv",
		// Root keeps its capabilities otherwise, and could mount the system anew.
		...["--cap-drop", "ALL"],
		...[...SYSTEM_DIRECTORIES, ...SYSTEM_FILES, ...nodeDirectories(covered)].flatMap(bind),
		...["--proc", "/proc", "--dev", "/dev"],
		// The kernel lets root's user id write its settings without any capability.
		...["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"].flatMap((path) => ["--ro-bind-try", path, path]),
	];
}

function placeOptions({ home, workspace, shared, output, command, network }: SandboxPlace): string[] {
	return [
		...(network ? ["--share-net"] : []),
		...["--bind", command.temporary, "/tmp"],
		...["--bind", command.sharedMemory, "/dev/shm"],
		...[home, shared, workspace, command.root].flatMap((directory) => ["--bind", directory, directory]),
		...["--ro-bind", output, output],
		...["--chdir", workspace],
	];
}

/** What is kept in memory, when all is mounted that has its place there: files in it would evade the limit of memory. */
function sealOptions(base: readonly string[]): string[] {
	const covers = base.filter((_, index) => base[index - 1] === "--tmpfs");
	return [...covers, "/dev", "/"].flatMap((path) => ["--remount-ro", path]);
}

/** Without the paths that lie within others, each once. */
function withoutNested(paths: readonly string[]): string[] {
	return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
}

/** Puts an empty directory over each path that a bound directory would show, by the name under which it would. */
function hideInside(bound: string, covered: readonly string[]): string[] {
	if (!existsSync(bound)) return [];
	const real = realpathSync(bound);
	return covered
		.filter((path) => isWithin(path, real))
		.flatMap((path) => ["--tmpfs", join(bound, relative(real, path))]);
}

/** Node.js and the programs installed with it, where they are not among the system's directories or are covered. */
function nodeDirectories(covered: readonly string[]): string[] {
	const bin = dirname(process.execPath);
	const isVisible = SYSTEM_DIRECTORIES.some((directory) => isWithin(bin, directory));
	if (isVisible && !covered.some((path) => isWithin(bin, path))) return [];
	return [bin, join(dirname(bin), "lib", "node_modules")];
}

function homeAmongPrograms(): string[] {
	const home = homedir();
	return HOMES_AMONG_PROGRAMS.test(home) && existsSync(home) ? [realpathSync(home)] : [];
}

function isWithin(path: string, directory: string): boolean {
	return path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`);
}
