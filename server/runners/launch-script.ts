import { readdir, stat } from "node:fs/promises";
import type { ExecLimits } from "./runner";

/**
 * The first program of a command: it lowers its limits, starts the watchdog, takes on the command's environment and
 * becomes the command itself. Until then it has the runner's environment alone, so that no `LD_PRELOAD`, `PATH` or
 * `BASH_ENV` of the command changes what holds it to its limits.
 *
 * The watchdog reads descriptor 3, which only the worker holds open at the other end: when the worker dies, however
 * suddenly, the read ends and all that carries the command's mark is killed, its own process group last.
 * In a sandbox the kernel does the same, so there the watchdog is left out.
 */
export async function writeLaunchScript(
	limits: ExecLimits,
	launch: { isSandboxed: boolean; environment: string },
): Promise<string> {
	const { isSandboxed, environment } = launch;
	const processes = limits.processes + (isSandboxed ? 0 : await countOwnTasks());
	return [
		...limitLines({ ...limits, processes }),
		...(isSandboxed ? [] : WATCHDOG),
		`. ${quote(environment)}`,
		'exec "$@"',
	].join("\n");
}

/**
 * The lines that a shell takes an environment from. In a file of the command, since everybody on the machine may read a
 * command line. `command` keeps a name that the shell itself holds read-only from ending it.
 */
export function writeEnvironment(env: Readonly<Record<string, string>>): string {
	return Object.entries(env)
		.map(([name, value]) => {
			if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name of a variable.`);
			if (value.includes("\0")) throw new Error(`The variable ${name} holds a NUL character, which none can.`);
			return `command export ${name}=${quote(value)}\n`;
		})
		.join("");
}

function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

const WATCHDOG = [
	"(",
	"trap '' TERM INT HUP",
	"exec </dev/null >/dev/null 2>&1",
	"read -r _ <&3",
	"read -r self _ </proc/self/stat",
	'for entry in $(grep -lszFx "WEFT_COMMAND_ID=$WEFT_COMMAND_ID" /proc/[0-9]*/environ); do',
	`process="\${entry#/proc/}"; process="\${process%/environ}"`,
	'[ "$process" = "$self" ] || kill -KILL "$process"',
	"done",
	"kill -KILL 0",
	") &",
	"exec 3<&-",
];

/** A limit above what the system allows is refused by `ulimit`; the system's own then holds. */
function limitLines(limits: ExecLimits): string[] {
	const lines: [value: number, write: (value: number) => string][] = [
		[limits.memoryBytes, (bytes) => `ulimit -d ${Math.ceil(bytes / 1_024)}`],
		[limits.cpuSeconds, (seconds) => `ulimit -t ${Math.ceil(seconds)}`],
		[limits.fileBytes, (bytes) => `ulimit -f ${Math.ceil(bytes / 512)}`],
		[limits.processes, (count) => `{ ulimit -u ${count} || ulimit -p ${count}; }`],
	];
	return lines.filter(([value]) => Number.isFinite(value)).map(([value, write]) => `${write(value)} 2>/dev/null || :`);
}

/**
 * The kernel counts the processes and threads of a user together, so those that already run have to be allowed for.
 * Root has no such limit.
 */
async function countOwnTasks(): Promise<number> {
	const user = process.getuid?.();
	if (user === undefined || user === 0) return 0;
	const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
	const counts = await Promise.all(
		pids.map(async (pid) => {
			const owner = await stat(`/proc/${pid}`).catch(() => undefined);
			if (owner?.uid !== user) return 0;
			return (await readdir(`/proc/${pid}/task`).catch(() => [])).length;
		}),
	);
	return counts.reduce((sum, count) => sum + count, 0);
}
