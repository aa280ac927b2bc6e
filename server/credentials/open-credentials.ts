import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { getMasterSecret } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { credentialBinding } from "./credential-binding";
import { unseal } from "./seal";
import { openTeamKey } from "./team-key";

/**
 * The values of a team's credentials by name, for a step that is about to run. Names that the team does not have are left
 * out. Throws `WeftError` when a value was tampered with or sealed under another master secret.
 */
export async function openCredentials(
	{ db }: Pick<Database, "db">,
	teamId: string,
	names: readonly string[],
): Promise<Record<string, string>> {
	if (names.length === 0) return {};
	const rows = await db
		.select({ id: credentials.id, name: credentials.name, sealed: credentials.sealed })
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), inArray(credentials.name, [...names])));
	if (rows.length === 0) return {};
	const key = await openTeamKey(db, getMasterSecret(), teamId);
	return Object.fromEntries(rows.map((row) => [row.name, openOne(key, teamId, row)]));
}

function openOne(key: Buffer, teamId: string, row: { id: string; name: string; sealed: string }): string {
	try {
		return unseal(key, row.sealed, credentialBinding(teamId, row.id)).toString("utf8");
	} catch (cause) {
		throw new WeftError("unavailable", `The credential “${row.name}” cannot be read. Save its value again.`, { cause });
	}
}
