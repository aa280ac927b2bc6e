import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { credentials, formerCredentialValues } from "@/db/schema/teams";

/** Keeps a value that is being replaced or removed: runs that have read it may still print it. */
export async function keepFormerValue(
	tx: DbLike,
	teamId: string,
	credential: Pick<typeof credentials.$inferSelect, "id" | "name" | "type" | "sealed" | "ownerId">,
): Promise<void> {
	const { id: credentialId, name, type, sealed, ownerId } = credential;
	// A row that was made a moment ago has no value yet.
	if (sealed === "") return;
	await tx.insert(formerCredentialValues).values({ id: newId(), teamId, credentialId, name, ownerId, type, sealed });
}

/** Takes a member's own credentials out of a team that they leave; their values are kept, as `keepFormerValue` does. */
export async function removePersonalCredentials(tx: DbLike, owner: { teamId: string; userId: string }): Promise<void> {
	const { teamId, userId } = owner;
	const isOwn = and(eq(credentials.teamId, teamId), eq(credentials.ownerId, userId));
	for (const removed of await tx.delete(credentials).where(isOwn).returning())
		await keepFormerValue(tx, teamId, removed);
}
