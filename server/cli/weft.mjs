#!/usr/bin/env node
/**
 * The command `weft`. Plain JavaScript, so that it runs in a fresh checkout: bundles the program beside it (some
 * 50 ms) and hands over. A package brings the program with it.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const isCheckout = existsSync(join(root, "server", "cli", "main.ts"));
const program = join(root, isCheckout ? "" : ".weft-package", ".weft-build", "main.js");

process.env.NODE_ENV ||= process.argv[2] === "dev" ? "development" : "production";
if (isCheckout) await bundle();
await import(pathToFileURL(program).href);

/** Renamed into place: another `weft` may be reading the file at this moment. */
async function bundle() {
	const { build, stop } = await import("esbuild");
	const { outputFiles } = await build({
		absWorkingDir: root,
		entryPoints: ["server/cli/main.ts"],
		bundle: true,
		platform: "node",
		target: "node20",
		format: "esm",
		packages: "external",
		write: false,
		logLevel: "warning",
	});
	await mkdir(dirname(program), { recursive: true });
	const partial = `${program}.${process.pid}`;
	for (const file of outputFiles) await writeFile(partial, file.contents);
	await rename(partial, program);
	await stop();
}
