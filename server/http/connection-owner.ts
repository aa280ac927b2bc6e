import { readdir, readFile, readlink } from "node:fs/promises";
import { errorCode } from "../errors";
import { groupBy } from "../plan/values/group-by";
import type { ConnectionPorts } from "./client-address";

export interface RunningProcess {
	pid: number;
	parent: number;
	/** The user it runs as. */
	uid: number;
	/** Its arguments, each ended by a NUL character. */
	commandLine: string;
}

/**
 * The owner of the other end of a connection from this machine: a step (or a worker, for an HTTP step), or another process.
 * `unclear`, while a step runs, if no process seems to own it: a step can hide a socket in the queue of another socket or in
 * a process that this user may not inspect; so can a program of the same user, such as sshd.
 */
export type ConnectionOwner = "step" | "unclear" | "other";

/**
 * Finds the owner of a connection in Linux's /proc. Processes of sandboxed steps, orphans included, are descendants of their
 * worker. Processes of other machines and containers, and on other systems, count as `other`.
 */
export async function findConnectionOwner(
	ports: ConnectionPorts,
	isWorker: (process: RunningProcess) => boolean = isWorkerProcess,
): Promise<ConnectionOwner> {
	const sockets = await findSockets(ports);
	if (sockets.length === 0) return "other";
	const owners = new Set(sockets.map(({ uid }) => uid));
	const processes = await listProcesses();
	const inside = findDescendants(processes, isWorker);
	const suspects = [...inside].filter(({ uid }) => owners.has(uid));
	const links = new Set(sockets.map(({ inode }) => `socket:[${inode}]`));
	// This server calls itself when it forwards an action to another page: the original client is unknown.
	const own = await ownsOneOf(process.pid, links);
	if (own || (await anyOwns(suspects, links))) return "step";
	if (suspects.every(isWorker)) return "other";
	const others = processes.filter((each) => owners.has(each.uid) && !inside.has(each));
	return (await anyOwns(others, links)) ? "other" : "unclear";
}

/** By how the launcher and the command `weft worker` start one. */
export function isWorkerProcess({ commandLine }: Pick<RunningProcess, "commandLine">): boolean {
	return /(?:\.weft-build\/worker\.js|\/weft(?:\.mjs)?\0worker)\0/.test(commandLine);
}

interface Socket {
	inode: string;
	uid: number;
}

/** The other end in the kernel's tables (proc(5)); a closed one has the inode 0. */
async function findSockets({ peer, own }: ConnectionPorts): Promise<Socket[]> {
	const tables = await Promise.all(["tcp", "tcp6"].map((name) => readText(`/proc/net/${name}`)));
	const [from, to] = [peer, own].map((port) => `:${port.toString(16).toUpperCase().padStart(4, "0")}`);
	return tables
		.flatMap((table) => table.split("\n"))
		.flatMap((line) => {
			const [, local = "", remote = "", , , , , uid = "", , inode = "0"] = line.trim().split(/\s+/);
			const isIt = local.endsWith(from ?? "") && remote.endsWith(to ?? "") && inode !== "0";
			return isIt ? [{ inode, uid: Number(uid) }] : [];
		});
}

async function listProcesses(): Promise<RunningProcess[]> {
	const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
	return (await Promise.all(pids.map(readProcess))).flat();
}

async function readProcess(pid: string): Promise<RunningProcess[]> {
	const [status, commandLine] = await Promise.all([readText(`/proc/${pid}/status`), readText(`/proc/${pid}/cmdline`)]);
	const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
	const uid = /^Uid:\s+(\d+)/m.exec(status)?.[1];
	if (parent === undefined || uid === undefined) return [];
	return [{ pid: Number(pid), parent: Number(parent), uid: Number(uid), commandLine }];
}

/** The workers and all their descendants. */
function findDescendants(
	processes: readonly RunningProcess[],
	isWorker: (process: RunningProcess) => boolean,
): Set<RunningProcess> {
	const children = groupBy(processes, ({ parent }) => parent);
	const found = new Set(processes.filter(isWorker));
	// What is added meanwhile is visited, too.
	for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
	return found;
}

async function anyOwns(processes: readonly RunningProcess[], links: ReadonlySet<string>): Promise<boolean> {
	for (const { pid } of processes) if (await ownsOneOf(pid, links)) return true;
	return false;
}

/** False, too, for a process that has ended and for one that this user may not inspect. */
async function ownsOneOf(pid: number, links: ReadonlySet<string>): Promise<boolean> {
	const directory = `/proc/${pid}/fd`;
	const descriptors = await readdir(directory).catch(ignoreUnreadable);
	const targets = await Promise.all(
		(descriptors ?? []).map((name) => readlink(`${directory}/${name}`).catch(ignoreUnreadable)),
	);
	return targets.some((target) => target !== undefined && links.has(target));
}

function ignoreUnreadable(error: unknown): undefined {
	if (!["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(errorCode(error) ?? "")) throw error;
}

/** Empty where there is no such file: other systems have no /proc, and processes end. */
function readText(path: string): Promise<string> {
	return readFile(path, "utf8").catch(() => "");
}
