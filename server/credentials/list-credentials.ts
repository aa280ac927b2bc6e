import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { credentials, users } from "@/db/schema/teams";
import { listReadCredentials } from "@/server/failures/list-read-credentials";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { type CredentialUse, listUses } from "./list-uses";
import { isOfTeamOr, ownedBy } from "./visible-credentials";

export const listCredentialsInput = z.object({ team: z.string().min(1).max(64) });

/** A team's credentials with the caller's own, and those that workflows read and are missing. Their values never leave the server. */
export async function listCredentials(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof listCredentialsInput>,
) {
	const { team, role } = await requireMember(db, actor, input.team, "credential:own");
	const visible = allows(role, "credential:list") ? isOfTeamOr(actor) : ownedBy(actor);
	const rows = await db
		.select({
			id: credentials.id,
			name: credentials.name,
			type: credentials.type,
			parts: credentials.parts,
			hint: credentials.hint,
			isPersonal: sql<boolean>`${credentials.ownerId} is not null`,
			addedBy: users.name,
			updatedAt: credentials.updatedAt,
			lastUsedAt: credentials.lastUsedAt,
		})
		.from(credentials)
		.leftJoin(users, eq(users.id, credentials.createdBy))
		.where(and(eq(credentials.teamId, team.id), visible))
		.orderBy(asc(credentials.name));
	const [uses, telling] = await Promise.all([listUses(db, team.id), listReadCredentials(db, team.id)]);
	const listed = rows.map((row) => ({
		...row,
		/** Whether failed runs are told with it. */
		tellsFailures: !row.isPersonal && telling.has(row.name),
		...describeUses(uses.get(row.name) ?? []),
	}));
	const missing = allows(role, "credential:list") ? listMissing(uses, new Set(rows.map(({ name }) => name))) : [];
	return { credentials: listed, missing };
}

/** Missing credentials that are named. */
const MAX_MISSING = 50;

/** What workflows read and the caller's runs would not find: archived workflows run no more. */
function listMissing(uses: ReadonlyMap<string, readonly CredentialUse[]>, known: ReadonlySet<string>) {
	const missing = [...uses].flatMap(([name, all]) => {
		const live = all.filter(({ isArchived }) => !isArchived);
		return known.has(name) || live.length === 0 ? [] : [{ name, ...describeUses(live) }];
	});
	return missing.sort((a, b) => a.name.localeCompare(b.name)).slice(0, MAX_MISSING);
}

/** Workflows that are named for each credential; further ones are counted. */
const MAX_NAMED = 20;

/** Those first that break when it is gone. */
function describeUses(uses: readonly CredentialUse[]) {
	const urgent = [...uses].sort((a, b) => urgency(b) - urgency(a));
	return { uses: uses.length, usedBy: urgent.slice(0, MAX_NAMED) };
}

function urgency({ isPublished, isArchived }: CredentialUse): number {
	return isArchived ? 0 : isPublished ? 2 : 1;
}
