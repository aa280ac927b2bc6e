import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { credentials, formerCredentialValues } from "@/db/schema/teams";
import type { CredentialType } from "./catalog";

/** Keeps a value that is being replaced or removed: runs that have read it may still print it. */
export async function keepFormerValue(
	tx: DbLike,
	teamId: string,
	credential: { id: string; name: string; type: CredentialType; sealed: string },
): Promise<void> {
	const { id: credentialId, name, type, sealed } = credential;
	// A row that was made a moment ago has no value yet.
	if (sealed === "") return;
	await tx.insert(formerCredentialValues).values({ id: newId(), teamId, credentialId, name, type, sealed });
}

/** Takes a member's own credentials out of a team that they leave; their values are kept, as `keepFormerValue` does. */
export async function removePersonalCredentials(tx: DbLike, owner: { teamId: string; userId: string }): Promise<void> {
	const { teamId, userId } = owner;
	const isOwn = and(eq(credentials.teamId, teamId), eq(credentials.ownerId, userId));
	for (const removed of await tx.delete(credentials).where(isOwn).returning())
		await keepFormerValue(tx, teamId, removed);
}
