import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { credentials, users } from "@/db/schema/teams";
import type { Caller } from "@/server/teams/caller";
import { allows, explainRefusal } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { type CredentialUse, listUses } from "./list-uses";
import { isOfTeamOr, ownedBy } from "./visible-credentials";

export const listCredentialsInput = z.object({ team: z.string().min(1).max(64) });

/** A team's credentials with the caller's own, and why the caller may not change those of the team, if so. Their values never leave the server. */
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
	const uses = await listUses(db, team.id);
	const listed = rows.map((row) => ({ ...row, ...describeUses(uses.get(row.name) ?? []) }));
	const refusal = allows(role, "credential:manage") ? null : explainRefusal(role, "credential:manage");
	return { credentials: listed, refusal };
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
