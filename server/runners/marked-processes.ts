import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { errorCode } from "../errors";
import { readStartTime } from "../live-process";

/**
 * Every process of a command carries marks in its environment, so that it is found even after it left its process
 * group. Only Linux shows the environment of a process; elsewhere nothing is found.
 */
export const MARKS = { run: "WEFT_RUN_ID", command: "WEFT_COMMAND_ID", worker: "WEFT_WORKER" } as const;

export interface MarkedProcess {
	pid: number;
	value: string;
}

/** The living processes whose environment names `mark`, with its value. */
export async function findMarked(mark: string): Promise<MarkedProcess[]> {
	const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
	const found = await Promise.all(
		pids.map(async (pid) => {
			const value = await readMark(pid, mark);
			return value === undefined ? [] : [{ pid: Number(pid), value }];
		}),
	);
	return found.flat();
}

/** Kills what carries the mark until nothing does: a process may fork while it is looked for. */
export async function killMarked(mark: string, isTarget: (value: string) => boolean): Promise<void> {
	for (let round = 0; round < 20; round++) {
		const pids = (await findMarked(mark)).flatMap(({ pid, value }) => (isTarget(value) ? [pid] : []));
		if (pids.length === 0) return;
		for (const pid of pids) sendSignal(pid, "SIGKILL");
		await wait(5 * round);
	}
}

/** Signals a process, or with a negative number a process group, that may be gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if (!isGone(error)) throw error;
	}
}

/** Names this process for as long as it lives: a number alone is given to another process later. */
export function describeWorker(workerId: string): string {
	return `${process.pid}/${readStartTime(process.pid)}/${workerId}`;
}

/** Whether the worker of a mark made by `describeWorker` still runs. */
export function isWorkerAlive(mark: string): boolean {
	const [pid, startTime] = mark.split("/");
	return startTime !== undefined && readStartTime(Number(pid)) === startTime;
}

async function readMark(pid: string, mark: string): Promise<string | undefined> {
	const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
	const entry = environment.split("\0").find((each) => each.startsWith(`${mark}=`));
	return entry?.slice(mark.length + 1);
}

/** `EPERM` is a process that has just been replaced or has left the users this one may signal. */
function isGone(error: unknown): boolean {
	return ["ESRCH", "EPERM"].includes(errorCode(error) ?? "");
}
