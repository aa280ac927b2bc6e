import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readStartTime } from "@/server/live-process";
import { errorCode, WeftError } from "../errors";

const holderSchema = z.object({ pid: z.number(), started: z.string() });

export interface DataLock {
	/** The holder before us was killed: what it started may need a moment to leave. */
	readonly isTakenOver: boolean;
	release(): void;
}

/**
 * Makes this process the only launcher on a data directory. A lock whose holder is dead is taken over; the number
 * of a dead process may belong to another by now, so the time of its start counts too.
 */
export function lockDataDirectory(directory: string): DataLock {
	const lock = join(directory, "launcher.lock");
	const own = `${lock}.${process.pid}`;
	writeFileSync(own, JSON.stringify({ pid: process.pid, started: readStartTime(process.pid) }));
	try {
		let isTakenOver = false;
		while (!tryLink(own, lock)) {
			const content = readIfThere(lock);
			if (content !== undefined && isHeld(content)) throw inUse(directory, content);
			isTakenOver = true;
			if (content !== undefined) removeStale(lock, content);
		}
		return { isTakenOver, release: () => rmSync(lock, { force: true }) };
	} finally {
		rmSync(own, { force: true });
	}
}

/** Moves the lock aside; if another launcher had taken it over meanwhile, its lock is put back. */
function removeStale(lock: string, content: string): void {
	const aside = `${lock}.${process.pid}.stale`;
	try {
		renameSync(lock, aside);
	} catch {
		return;
	}
	if (readIfThere(aside) !== content) tryLink(aside, lock);
	rmSync(aside, { force: true });
}

/** A link either appears whole, with its content, or fails because there is one already. */
function tryLink(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if (errorCode(error) === "EEXIST") return false;
		throw error;
	}
}

function isHeld(content: string): boolean {
	const holder = parseHolder(content);
	return holder !== undefined && readStartTime(holder.pid) === holder.started;
}

function parseHolder(content: string): z.infer<typeof holderSchema> | undefined {
	try {
		return holderSchema.parse(JSON.parse(content));
	} catch {
		return undefined;
	}
}

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

function inUse(directory: string, content: string): WeftError {
	return new WeftError(
		"conflict",
		`Weft already runs on ${directory} (process ${parseHolder(content)?.pid}). Stop it first, or set WEFT_DATA_DIR and PORT to start another.`,
	);
}
