import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import type { CommandDirectory } from "./command-directory";
import { PROGRAM_PATH } from "./find-program";
import { toProcessEnv } from "./process-env";

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

/**
 * The bubblewrap command line in front of a command: namespaces of its own (the network is shared), the system
 * read-only, nothing else of the host but the run's directories. Everything inside dies with the worker.
 */
export function wrapInSandbox(place: { home: string; workspace: string; command: CommandDirectory }): string[] {
	const { root, temporary } = place.command;
	return [
		...BASE,
		...["--bind", temporary, "/tmp"],
		...[place.home, place.workspace, root].flatMap((directory) => ["--bind", directory, directory]),
		...["--chdir", place.workspace, "--"],
	];
}

const BASE = [
	"bwrap",
	"--unshare-all",
	"--share-net",
	"--die-with-parent",
	// Root keeps its capabilities otherwise, and could mount the system anew.
	...["--cap-drop", "ALL"],
	...SYSTEM_DIRECTORIES.flatMap((path) => ["--ro-bind-try", path, path]),
	...SYSTEM_FILES.flatMap((path) => ["--ro-bind-try", path, path]),
	...nodeDirectories().flatMap((path) => ["--ro-bind-try", path, path]),
	...["--proc", "/proc", "--dev", "/dev"],
	// The kernel lets root's user id write its settings without any capability.
	...["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"].flatMap((path) => ["--ro-bind-try", path, path]),
];

/** Node.js and the programs installed with it, where they live outside the system's directories. */
function nodeDirectories(): string[] {
	const bin = dirname(process.execPath);
	if (SYSTEM_DIRECTORIES.some((directory) => bin.startsWith(`${directory}/`))) return [];
	return [bin, join(dirname(bin), "lib", "node_modules")];
}

/** Whether bubblewrap is installed and allowed to make namespaces here (containers often forbid it). */
export function probeSandbox(): Promise<boolean> {
	const [program = "", ...options] = BASE;
	return new Promise((resolve) => {
		const child = execFile(program, [...options, "--", "true"], {
			env: toProcessEnv({ PATH: PROGRAM_PATH }),
			timeout: 5_000,
		});
		child.once("error", () => resolve(false));
		child.once("exit", (code) => resolve(code === 0));
	});
}
