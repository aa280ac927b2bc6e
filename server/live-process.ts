import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { platform } from "node:os";
import { errorCode } from "./errors";

/** Whether the process exists and still runs: a zombie that nobody has reaped does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return errorCode(error) === "EPERM";
	}
	return readProcStat(pid)?.state !== "Z";
}

/**
 * When the process started, which tells it from a later one with the same pid.
 * Undefined if there is no such process.
 */
export function readStartTime(pid: number): string | undefined {
	if (!isAlive(pid)) return undefined;
	if (platform() === "linux") return readProcStat(pid)?.startTicks;
	return execFileSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" }).trim();
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if (errorCode(error) !== "ESRCH") throw error;
	}
}

/** proc(5): the command's name stands in parentheses and may hold any character; the fields follow the last one. */
function readProcStat(pid: number): { state: string | undefined; startTicks: string | undefined } | undefined {
	if (platform() !== "linux") return undefined;
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
		return { state: fields[0], startTicks: fields[19] };
	} catch {
		return { state: "Z", startTicks: undefined };
	}
}
