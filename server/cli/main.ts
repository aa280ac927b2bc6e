import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { getEnv, loadEnvFile } from "../env";
import { WeftError } from "../errors";
import { runCommand } from "./run-command";

/** The bundle stands in a folder of the checkout. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
	const from = process.cwd();
	process.chdir(root);
	loadEnvFile(root);
	getEnv();
	await runCommand({ root, from, args: process.argv.slice(2) });
} catch (error) {
	process.stderr.write(`weft: ${explain(error)}\n`);
	process.exit(1);
}

function explain(error: unknown): string {
	if (error instanceof WeftError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
