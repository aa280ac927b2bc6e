import { and, eq, gt, sql } from "drizzle-orm";
import type { Database, DbLike, Sql } from "@/db/client";
import { passwordLinks, users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import { hashPassword } from "./password";
import { hashToken, newToken } from "./secret-token";
import { endSessions } from "./sessions";
import { markVerified } from "./verified-address";

/** How long a link may be used. One in a mailbox may lie there; one that is handed over may have to wait for somebody. */
export const LINK_HOURS = { mailed: 1, handed: 24 } as const;
export type LinkWay = keyof typeof LINK_HOURS;

/** A link by which a person sets a new password, once. Only the link will ever hold its token. */
export async function makePasswordLink(db: DbLike, userId: string, way: LinkWay): Promise<string> {
	const token = newToken();
	const expiresAt = sql`now() + make_interval(hours => ${LINK_HOURS[way]})`;
	await db.insert(passwordLinks).values({ id: hashToken(token), userId, isMailed: way === "mailed", expiresAt });
	return token;
}

/** The page of a link. The token is no part of the path, which logs keep. */
export function passwordLinkPath(token: string): string {
	return `/sign-in/reset?token=${token}`;
}

/** Whose password a link sets; null when it was used, has expired, or never was. Changes nothing. */
export async function findPasswordLink(db: DbLike, token: string): Promise<{ email: string } | null> {
	const [found] = await db
		.select({ email: users.email })
		.from(passwordLinks)
		.innerJoin(users, eq(users.id, passwordLinks.userId))
		.where(isValid(token));
	return found ?? null;
}

/**
 * Sets a password by a link. The person's other links are void then, and they are signed out everywhere. Throws `not_found`
 * when the link was used, has expired, or never was.
 */
export async function usePasswordLink(
	{ db }: Pick<Database, "db">,
	{ token, password }: { token: string; password: string },
): Promise<{ userId: string }> {
	if (!(await findPasswordLink(db, token))) throw linkIsOver();
	const passwordHash = await hashPassword(password);
	return await db.transaction(async (tx) => {
		const [link] = await tx.delete(passwordLinks).where(isValid(token)).returning();
		if (!link) throw linkIsOver();
		const { userId } = link;
		await setPassword(tx, { userId, passwordHash });
		if (link.isMailed) await markVerified(tx, userId);
		return { userId };
	});
}

/** Keeps a new password. Links for another one are void then, and every session ends but the one kept, if any. */
export async function setPassword(
	db: DbLike,
	{ userId, passwordHash, keep }: { userId: string; passwordHash: string; keep?: string },
): Promise<void> {
	await db.update(users).set({ passwordHash }).where(eq(users.id, userId));
	await db.delete(passwordLinks).where(eq(passwordLinks.userId, userId));
	await endSessions(db, userId, keep);
}

/** Clears away the links that have expired. */
export async function forgetPasswordLinks(sql: Sql): Promise<void> {
	await sql`delete from password_links where expires_at < now()`;
}

function isValid(token: string) {
	return and(eq(passwordLinks.id, hashToken(token)), gt(passwordLinks.expiresAt, sql`now()`));
}

function linkIsOver(): WeftError {
	return new WeftError("not_found", "This link was used already, or it has expired. Ask for a new one.");
}
