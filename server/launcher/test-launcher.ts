import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { signal } from "@/server/live-process";
import { childEnv } from "../env";

const root = join(import.meta.dirname, "..", "..");

export interface TestLauncher {
	readonly pid: number;
	readonly origin: string;
	readonly output: () => string;
	/** Resolves with the exit code, or the signal that ended it. */
	readonly ended: Promise<number | string>;
	/** Resolves when the welcome is printed; rejects with the output if the launcher ends before. */
	ready(): Promise<void>;
	kill(signal: NodeJS.Signals): void;
}

const checkout = { weft: join(root, "server/cli/weft.mjs"), cwd: root };

/** `npm start` on this checkout, or `weft start` of another installation, as a process of its own. */
export function startLauncher(env: Record<string, string>, { weft, cwd } = checkout): TestLauncher {
	const child = spawn(process.execPath, [weft, "start"], {
		cwd,
		env: childEnv({ NODE_ENV: "production", DATABASE_URL: "", ...env }),
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
	const ended = once(child, "close").then(([code, signal]) => code ?? signal);
	return {
		pid: pidOf(child),
		origin: `http://127.0.0.1:${env.PORT}`,
		output: () => output,
		ended,
		ready: () => untilReady(child, () => output),
		kill: (signal) => void child.kill(signal),
	};
}

/** A data directory that does not exist yet, and its removal. */
export function newDataDirectory(): { directory: string; remove(): void } {
	const parent = mkdtempSync(join(tmpdir(), "weft-launcher-test-"));
	// PostgreSQL, another user when root runs the tests, must be able to pass.
	chmodSync(parent, 0o711);
	return { directory: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

export async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	if (typeof address !== "object" || address === null) throw new Error("No port was given.");
	return address.port;
}

export type PartName = "web" | "worker" | "database";

/** The processes that work for this data directory, by what they are. Reads Linux's /proc. */
export function findParts(directory: string): { name: PartName; pid: number }[] {
	const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
	return pids.flatMap((pid) => {
		const name = namePart(pid, directory);
		return name ? [{ name, pid }] : [];
	});
}

export function findPart(directory: string, name: PartName): number {
	const found = findParts(directory).find((part) => part.name === name);
	if (!found) throw new Error(`There is no ${name}.`);
	return found.pid;
}

/** The address of the database that this data directory's web server works on. */
export function findDatabaseUrl(directory: string): string {
	const variables = readProc(findPart(directory, "web"), "environ").split("\0");
	const found = variables.find((variable) => variable.startsWith("DATABASE_URL="));
	if (!found) throw new Error("The web server was given no database.");
	return found.slice("DATABASE_URL=".length);
}

/** Kills a part as nothing can catch it, once there is one: it may just be starting again. */
export async function killPart(directory: string, name: PartName): Promise<void> {
	for (;;) {
		const found = findParts(directory).find((part) => part.name === name);
		if (found) {
			signal(found.pid, "SIGKILL");
			return;
		}
		await wait(20);
	}
}

function namePart(pid: number, directory: string): PartName | undefined {
	const args = readProc(pid, "cmdline");
	if (args.includes(`${directory}/postgres`)) return "database";
	if (!readProc(pid, "environ").includes(`WEFT_DATA_DIR=${directory}\0`)) return undefined;
	if (args.startsWith("next-server") || args.includes("launcher/serve-web.mjs")) return "web";
	return args.includes("worker.js") ? "worker" : undefined;
}

function readProc(pid: number, file: "cmdline" | "environ"): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, "utf8");
	} catch {
		return "";
	}
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
	return new Promise((resolve, reject) => {
		const look = () => {
			if (output().includes("Stop:      Ctrl-C")) resolve();
		};
		look();
		child.stdout?.on("data", look);
		child.on("close", () => reject(new Error(`The launcher ended:\n${output()}`)));
	});
}

function pidOf(child: ChildProcess): number {
	if (child.pid === undefined) throw new Error("The launcher was not started.");
	return child.pid;
}
