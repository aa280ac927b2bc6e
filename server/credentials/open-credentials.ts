import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentials, formerCredentialValues } from "@/db/schema/teams";
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

/**
 * All values that steps under way may know by these names: the present ones, and those that were replaced or removed while
 * runs lived that may have read them. One that cannot be read stands in no output either, and is left out.
 */
export async function openKnownValues(
	{ db }: Pick<Database, "db">,
	teamId: string,
	names: readonly string[],
): Promise<string[]> {
	if (names.length === 0) return [];
	const [present, former] = await Promise.all([
		db
			.select({ id: credentials.id, name: credentials.name, sealed: credentials.sealed })
			.from(credentials)
			.where(and(eq(credentials.teamId, teamId), inArray(credentials.name, [...names]))),
		db
			.select({
				id: formerCredentialValues.credentialId,
				name: formerCredentialValues.name,
				sealed: formerCredentialValues.sealed,
			})
			.from(formerCredentialValues)
			.where(and(eq(formerCredentialValues.teamId, teamId), inArray(formerCredentialValues.name, [...names]))),
	]);
	if (present.length + former.length === 0) return [];
	try {
		const key = await openTeamKey(db, getMasterSecret(), teamId);
		return [...present, ...former].flatMap((row) => openIfPossible(key, teamId, row));
	} catch (error) {
		if (error instanceof WeftError) return [];
		throw error;
	}
}

function openIfPossible(key: Buffer, teamId: string, row: { id: string; name: string; sealed: string }): string[] {
	try {
		return [openOne(key, teamId, row)];
	} catch {
		return [];
	}
}

function openOne(key: Buffer, teamId: string, row: { id: string; name: string; sealed: string }): string {
	try {
		return unseal(key, row.sealed, credentialBinding(teamId, row.id)).toString("utf8");
	} catch (cause) {
		throw new WeftError("unavailable", `The credential “${row.name}” cannot be read. Save its value again.`, { cause });
	}
}
