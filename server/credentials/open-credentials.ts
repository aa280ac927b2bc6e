import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentials, formerCredentialValues } from "@/db/schema/teams";
import { getMasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import { markUsed } from "./mark-used";
import type { Keys } from "./seal";
import { openCredential, type SealedCredential, secretParts } from "./seal-credential";
import { openTeamKey } from "./team-key";
import { isOfTeamOr } from "./visible-credentials";

/** A run, as far as it decides which credentials its steps read: the team's, and those of whoever started it. */
export interface CredentialReader {
	teamId: string;
	actor: Actor;
}

/**
 * What references to secrets read, by reference (`NAME`, `NAME.part`), for a step that is about to run. One's own
 * credential comes before the team's of the same name; references that lead to nothing are left out. Throws `WeftError`
 * when a value was tampered with or sealed under another master secret.
 */
export async function openCredentials(
	{ db }: Pick<Database, "db">,
	{ teamId, actor }: CredentialReader,
	references: readonly string[],
): Promise<Record<string, string>> {
	if (references.length === 0) return {};
	const rows = await db
		.select()
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), inArray(credentials.name, namesIn(references)), isOfTeamOr(actor)));
	if (rows.length === 0) return {};
	const key = await openTeamKey(db, getMasterSecrets(), teamId);
	const used = [...new Map([...rows].sort(personalLast).map((row) => [row.name, row])).values()];
	await markUsed(db, used);
	const found = new Map(
		used.flatMap((row) =>
			Object.entries(openCredential(key, row)).map(
				([part, value]) => [part === "" ? row.name : `${row.name}.${part}`, value] as const,
			),
		),
	);
	return Object.fromEntries(
		references.flatMap((reference) => {
			const value = found.get(reference);
			return value === undefined ? [] : [[reference, value]];
		}),
	);
}

function personalLast(a: { ownerId: string | null }, b: { ownerId: string | null }): number {
	return Number(a.ownerId !== null) - Number(b.ownerId !== null);
}

/** `["DB", "DB.host"]` reads one credential. */
function namesIn(references: readonly string[]): string[] {
	return [...new Set(references.map((reference) => reference.split(".")[0] ?? reference))];
}

/**
 * All values to hide that the steps of a run under way may know by these references: the present ones, and those that were
 * replaced or removed while it lived. Other members' own are not among them: their words would hide text in runs that never
 * read them. One that cannot be read stands in no output either, and is left out.
 */
export async function openKnownValues(
	{ db }: Pick<Database, "db">,
	{ teamId, actor }: CredentialReader,
	references: readonly string[],
): Promise<string[]> {
	if (references.length === 0) return [];
	const names = namesIn(references);
	const former = formerCredentialValues;
	const [present, replaced] = await Promise.all([
		db
			.select()
			.from(credentials)
			.where(and(eq(credentials.teamId, teamId), inArray(credentials.name, names), isOfTeamOr(actor))),
		db
			.select({
				id: former.credentialId,
				teamId: former.teamId,
				name: former.name,
				type: former.type,
				sealed: former.sealed,
			})
			.from(former)
			.where(and(eq(former.teamId, teamId), inArray(former.name, names), isOfTeamOr(actor, former))),
	]);
	if (present.length + replaced.length === 0) return [];
	try {
		const key = await openTeamKey(db, getMasterSecrets(), teamId);
		return [...present, ...replaced].flatMap((row) => openIfPossible(key, row));
	} catch (error) {
		if (error instanceof WeftError) return [];
		throw error;
	}
}

function openIfPossible(key: Keys, row: SealedCredential): string[] {
	try {
		return secretParts(row.type, openCredential(key, row));
	} catch {
		return [];
	}
}
