import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import { setImmediate as immediate, setTimeout as wait } from "node:timers/promises";
import { WeftError } from "@/server/errors";
import { isAlive, signal } from "@/server/live-process";
import type { PostgresAccount } from "./postgres-account";

const LOG_LIMIT_BYTES = 5_000_000;
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 10_000;

/** The environment of PostgreSQL's processes: nothing of ours, least of all secrets. NODE_ENV is there for the types. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = {
	PATH: "/usr/bin:/bin",
	LC_ALL: "C",
	TZ: "UTC",
	NODE_ENV: "production",
};

/** A running PostgreSQL server, ours or one that an earlier, killed launcher left behind. */
export interface PostgresProcess {
	readonly pid: number;
	readonly port: number;
	/** Resolves when the server is gone, whoever ended it. */
	readonly exited: Promise<void>;
}

export interface PostgresCommand {
	program: string;
	data: string;
	port: number;
	settings: Readonly<Record<string, string>>;
	account: PostgresAccount | undefined;
	log: string;
}

/** Starts the server and resolves once it accepts connections. Rejects with what it logged last. */
export async function spawnPostgres(command: PostgresCommand): Promise<PostgresProcess> {
	const settings = Object.entries(command.settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const log = openLog(command.log);
	const child = spawn(command.program, ["-D", command.data, "-p", String(command.port), ...settings], {
		...command.account,
		env: POSTGRES_ENV,
		detached: true,
		stdio: ["ignore", log, log],
	});
	closeSync(log);
	const exited = once(child, "exit").then(() => undefined);
	const pid = child.pid;
	if (pid === undefined) {
		await exited;
		throw new WeftError("unavailable", `PostgreSQL could not be started from ${command.program}.`);
	}
	const isReady = await Promise.race([untilReady(command.data, pid), exited.then(() => false)]);
	if (!isReady) throw new WeftError("unavailable", `PostgreSQL did not start: ${readLastError(command.log)}`);
	return { pid, port: command.port, exited };
}

/**
 * Finds the server that already runs on this data directory; undefined when there is none. A left-over pid file
 * whose number now belongs to some other process is removed, as PostgreSQL would take it for itself.
 */
export async function findRunningPostgres(data: string): Promise<PostgresProcess | undefined> {
	const file = readPidFile(data);
	if (!file || !isAlive(file.pid)) return undefined;
	if (!isServerOf(data, file.pid)) {
		await rm(join(data, "postmaster.pid"), { force: true });
		return undefined;
	}
	const exited = untilGone(file.pid);
	const isReady = await Promise.race([untilReady(data, file.pid), exited.then(() => false)]);
	return isReady ? { pid: file.pid, port: file.port, exited } : undefined;
}

/** Removes the pid file of a server that is dead, in case it keeps the next one from starting. */
export async function removeDeadPidFile(data: string): Promise<void> {
	const file = readPidFile(data);
	if (file && !isAlive(file.pid)) await rm(join(data, "postmaster.pid"), { force: true });
}

/** Ends the server: "fast" disconnects clients and writes everything out, "at once" leaves that to the next start. */
export async function stopPostgres({ pid, exited }: PostgresProcess, mode: "fast" | "at once"): Promise<void> {
	const signals: NodeJS.Signals[] = mode === "fast" ? ["SIGINT", "SIGQUIT", "SIGKILL"] : ["SIGQUIT", "SIGKILL"];
	// Its number may be another process's by now.
	if (await Promise.race([exited.then(() => true), immediate(false)])) return;
	for (const name of signals) {
		signal(pid, name);
		const patience = new AbortController();
		const isGone = await Promise.race([
			exited.then(() => true),
			wait(STOP_LIMIT_MS, false, { signal: patience.signal }).catch(() => false),
		]);
		patience.abort();
		if (isGone) return;
	}
}

async function untilReady(data: string, pid: number): Promise<boolean> {
	const end = Date.now() + READY_LIMIT_MS;
	while (Date.now() < end && isAlive(pid)) {
		const file = readPidFile(data);
		if (file?.pid === pid && file.status === "ready") return true;
		await wait(10);
	}
	return false;
}

async function untilGone(pid: number): Promise<void> {
	while (isAlive(pid)) await wait(100, undefined, { ref: false });
}

/** Lines of postmaster.pid: pid, data directory, start time, port, socket directory, address, memory key, status. */
function readPidFile(data: string): { pid: number; port: number; status: string } | undefined {
	try {
		const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
		const pid = Number(lines[0]);
		if (!Number.isInteger(pid) || pid <= 0) return undefined;
		return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
	} catch {
		return undefined;
	}
}

/** Whether the process works in the data directory, as a postmaster does. True where the system does not tell. */
function isServerOf(data: string, pid: number): boolean {
	if (platform() !== "linux") return true;
	try {
		return readlinkSync(`/proc/${pid}/cwd`) === data;
	} catch {
		return false;
	}
}

function openLog(path: string): number {
	const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
	return openSync(path, size > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
}

/** The last error in the server's log, without its timestamp and pid. */
function readLastError(path: string): string {
	const lines = readFileSync(path, "utf8").trimEnd().split("\n");
	const line = lines.findLast((text) => /\b(FATAL|PANIC):/.test(text)) ?? lines.at(-1);
	return line?.replace(/^.*\b(FATAL|PANIC):\s*/, "") || "it logged nothing";
}
