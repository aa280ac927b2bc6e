import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { WeftError } from "../errors";

const MARKER = "weft.json";
/** What a file system puts into an empty volume by itself. */
const NOT_FOREIGN = ["lost+found", ".DS_Store"];

/**
 * Makes the data directory, or recognises it by its marker file, and returns its absolute path.
 * Throws a `WeftError` when it cannot be written to, or holds files that are not Weft's.
 */
export function prepareDataDirectory(path: string): string {
	const directory = resolve(path);
	try {
		mkdirSync(directory, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
		const entries = readdirSync(directory).filter((name) => !NOT_FOREIGN.includes(name));
		if (entries.length > 0 && !entries.includes(MARKER)) throw foreign(directory);
		writeFileSync(join(directory, MARKER), `${JSON.stringify({ format: 1 })}\n`);
	} catch (error) {
		if (error instanceof WeftError) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new WeftError("unavailable", `The data directory ${directory} cannot be used: ${reason}.`, { cause: error });
	}
	return directory;
}

/** The master secret of this installation, made on the first start. */
export function readOrCreateSecret(directory: string): string {
	const file = join(directory, "secret");
	if (!existsSync(file))
		writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
	const secret = readFileSync(file, "utf8").trim();
	if (secret.length >= 32) return secret;
	throw new WeftError(
		"invalid",
		`${file} is damaged: it should hold at least 32 characters. Restore it from a backup.`,
	);
}

function foreign(directory: string): WeftError {
	return new WeftError(
		"conflict",
		`The data directory ${directory} holds files that are not Weft's. Set WEFT_DATA_DIR to an empty or new directory.`,
	);
}

/** PostgreSQL, which root runs as another user, must be able to pass through. */
function isRoot(): boolean {
	return process.getuid?.() === 0;
}
