import { count, desc, eq, max } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import { emailSchema } from "./authenticate";
import { DEMO_EMAIL } from "./demo-user";
import { makePasswordLink } from "./password-links";
import { endSessions } from "./sessions";
import { markVerified } from "./verified-address";

/*
 * What whoever has the machine does to accounts, by their addresses. Each throws `invalid` for what is no address, and
 * `not_found` where nobody has it.
 */
type Accounts = Pick<Database, "db">;

export interface ListedUser {
	email: string;
	name: string | null;
	isAdministrator: boolean;
	createdAt: Date;
	/** How many sessions are open, and when one was used last. */
	sessions: number;
	lastSeenAt: Date | null;
}

/** Makes somebody an administrator of the instance, with a new account if they have none. Returns whether it is new. */
export async function makeAdministrator({ db }: Accounts, address: string): Promise<{ isNew: boolean }> {
	const email = parseEmail(address);
	return await db.transaction(async (tx) => {
		const isAdministrator = true;
		const made = await tx
			.insert(users)
			.values({ email, isAdministrator })
			.onConflictDoNothing()
			.returning({ id: users.id });
		if (made.length === 0) await tx.update(users).set({ isAdministrator }).where(eq(users.email, email));
		return { isNew: made.length > 0 };
	});
}

/** Everybody who has an account, the newest last. */
export async function listUsers({ db }: Accounts): Promise<ListedUser[]> {
	return await db
		.select({
			email: users.email,
			name: users.name,
			isAdministrator: users.isAdministrator,
			createdAt: users.createdAt,
			sessions: count(sessions.id),
			lastSeenAt: max(sessions.lastSeenAt),
		})
		.from(users)
		.leftJoin(sessions, eq(sessions.userId, users.id))
		.groupBy(users.id)
		.orderBy(users.createdAt, desc(users.isAdministrator), users.email);
}

/** Takes the word of whoever has the machine that an address belongs to the person with its account. */
export async function verifyAddress(database: Accounts, address: string): Promise<void> {
	const userId = await findUser(database, address);
	await database.db.transaction((tx) => markVerified(tx, userId));
}

/** The token of a link by which somebody sets a new password. Nothing changes before it is used. */
export async function makeResetToken(database: Accounts, address: string): Promise<string> {
	return await makePasswordLink(database.db, await findUser(database, address), "handed");
}

/** Signs somebody out everywhere. Returns how many sessions that were. */
export async function signOutEverywhere(database: Accounts, address: string): Promise<number> {
	return await endSessions(database.db, await findUser(database, address));
}

async function findUser({ db }: Accounts, address: string): Promise<string> {
	const email = parseEmail(address);
	const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
	if (!user)
		throw new WeftError("not_found", `Nobody has an account with the address ${email}. See weft admin list-users.`);
	return user.id;
}

function parseEmail(address: string): string {
	const parsed = emailSchema.safeParse(address);
	if (!parsed.success)
		throw new WeftError("invalid", `“${address}” is not an e-mail address. Enter one such as ada@example.com.`);
	if (parsed.data === DEMO_EMAIL)
		throw new WeftError("invalid", "The demo user has no password. WEFT_DEMO_LOGIN says who may sign in as it.");
	return parsed.data;
}
