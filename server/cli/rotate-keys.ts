import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { requireMigrated } from "@/db/migrate";
import { listUnfinished, replaceTeamKey, resealTeam, rewrapTeamKeys } from "../credentials/rotation/rotate-keys";
import { getEnv } from "../env";
import { WeftError } from "../errors";
import { readOrCreateSecret } from "../launcher/data-directory";
import { printLine } from "../launcher/launcher-log";
import { withDatabaseUrl } from "./with-database";

const tell = (line: string) => printLine("keys", line);

/**
 * `weft rotate-keys`: wraps all teams' keys under WEFT_SECRET. `weft rotate-keys <team>`: gives a team a new key, too.
 * Weft may run meanwhile; what was stopped is finished by the same command.
 */
export async function rotateKeys(slug: string | undefined): Promise<void> {
	const { DATABASE_URL, WEFT_DATA_DIR, WEFT_SECRET, WEFT_SECRET_PREVIOUS } = getEnv();
	await withDatabaseUrl(async (url) => {
		await requireMigrated(url);
		const current = WEFT_SECRET ?? readMadeSecret(WEFT_DATA_DIR);
		const secrets = [current, ...(WEFT_SECRET_PREVIOUS === undefined ? [] : [WEFT_SECRET_PREVIOUS])] as const;
		// A cursor holds one connection, and what it finds is written by another.
		const database = openDatabase(url, { max: 2 });
		try {
			const changed = await rewrapTeamKeys(database.sql, secrets, tell);
			tell(`${changed} wrapped anew under WEFT_SECRET. WEFT_SECRET_PREVIOUS is needed no longer.`);
			if (slug !== undefined && (await replaceTeamKey(database.sql, current, slug)) === "under way")
				tell(`The key of ${slug} is being replaced already; this goes on with that.`);
			for (const unfinished of await listUnfinished(database.sql)) {
				const isGone = await resealTeam(database.sql, secrets, { slug: unfinished, told: tell });
				tell(
					isGone
						? `${unfinished}: the former key is gone.`
						: `${unfinished}: the former key opens values for another hour, for steps under way; then a worker removes it.`,
				);
			}
		} finally {
			await database.close();
		}
	});
	if (DATABASE_URL === undefined && WEFT_SECRET === undefined) tell(`The secret is that of ${WEFT_DATA_DIR}/secret.`);
}

/** The secret that the first start has made. One that is made now opens nothing. */
function readMadeSecret(directory: string): string {
	if (existsSync(join(directory, "secret"))) return readOrCreateSecret(directory);
	throw new WeftError("invalid", "WEFT_SECRET is not set. Set it in the environment or in .env.");
}
