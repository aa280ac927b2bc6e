import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { WeftError } from "@/server/errors";

const run = promisify(execFile);

/** The account that PostgreSQL runs as. */
export interface PostgresAccount {
	uid: number;
	gid: number;
}

/** PostgreSQL refuses to run as root: root gives it the user `postgres`, made if need be; anybody else, themselves. */
export async function findPostgresAccount(): Promise<PostgresAccount | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const found = await lookUp().catch(() => undefined);
	if (found) return found;
	try {
		await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
		return await lookUp();
	} catch (cause) {
		throw new WeftError(
			"unavailable",
			"PostgreSQL cannot run as root, and the user postgres could not be made. Start Weft as an ordinary user.",
			{ cause },
		);
	}
}

/** Whether the account may pass through every folder above `path`. */
export async function canReach(path: string, account: PostgresAccount): Promise<boolean> {
	for (let folder = dirname(path); ; folder = dirname(folder)) {
		const { mode, uid, gid } = await stat(folder);
		const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
		if ((mode & bit) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

async function lookUp(): Promise<PostgresAccount> {
	const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
	return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
