import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { getEnv, loadSettings } from "../env";
import { WeftError } from "../errors";
import { isCheckout } from "../launcher/build";
import { runCommand } from "./run-command";

/** The bundle is in a folder of the checkout, or of the package. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
	const from = process.cwd();
	loadSettings(isCheckout(root) ? root : from);
	process.chdir(root);
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
