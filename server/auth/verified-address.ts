import { and, eq, isNull } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { users } from "@/db/schema/teams";
import { announceAccess } from "@/server/teams/announce-access";

type Standing = Pick<typeof users.$inferSelect, "emailVerified" | "isAdministrator">;

/**
 * Whether somebody's address counts as theirs where others name it. Whoever administers the instance could verify any, so
 * that theirs needs no mail server.
 */
export function isAddressVerified({ emailVerified, isAdministrator }: Standing): boolean {
	return emailVerified !== null || isAdministrator;
}

/** Keeps that somebody's address is theirs; their open pages know at once. Call it in a transaction. */
export async function markVerified(tx: DbLike, userId: string): Promise<void> {
	const unknown = and(eq(users.id, userId), isNull(users.emailVerified));
	await tx.update(users).set({ emailVerified: new Date() }).where(unknown);
	await announceAccess(tx, userId);
}
