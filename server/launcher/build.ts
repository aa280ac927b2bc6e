import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { childEnv } from "../env";
import { WeftError } from "../errors";
import { fingerprintSources } from "./fingerprint";
import { printLine, readLines } from "./launcher-log";
import { bundleWorker } from "./worker-bundle";

/**
 * Builds the web app and the worker unless that was done from the very same sources, or came with the package. Throws
 * when a build fails.
 */
export async function ensureBuilt(root: string, signal?: AbortSignal): Promise<void> {
	if (!isCheckout(root)) return requireBuild(root);
	const stamp = join(root, ".weft-build", "fingerprint");
	const wanted = fingerprintSources(root);
	if (isBuilt(root) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
	await rm(stamp, { force: true });
	const startedAt = Date.now();
	printLine("build", "Building Weft. This happens once, and again when its sources change; it takes a minute or two.");
	await bundleWorker(root);
	await buildWeb(root, signal);
	await mkdir(join(root, ".weft-build"), { recursive: true });
	await writeFile(stamp, wanted);
	printLine("build", `Done in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** Whether Weft's sources are here to build; a package has its build alone. */
export function isCheckout(root: string): boolean {
	return existsSync(join(root, "server", "cli", "main.ts"));
}

/** Throws unless there is a build to start. */
export function requireBuild(root: string): void {
	if (!isBuilt(root)) throw new WeftError("unavailable", "There is no build yet. Run weft build first.");
}

function isBuilt(root: string): boolean {
	const made = [".next/BUILD_ID", ".weft-build/worker.js", ".weft-build/thread-program.js"];
	return made.every((file) => existsSync(join(root, file)));
}

async function buildWeb(root: string, signal: AbortSignal | undefined): Promise<void> {
	const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
		cwd: root,
		env: childEnv({ NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }),
		stdio: ["ignore", "pipe", "pipe"],
		signal,
	});
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr]) readLines(stream, (line) => lines.push(line));
	const [code] = await once(child, "close");
	if (code === 0) return;
	for (const line of lines) if (line.trim() !== "") printLine("build", line);
	throw new WeftError("internal", "The build failed: the lines above say why.");
}
