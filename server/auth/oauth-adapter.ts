import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import type { Db } from "@/db/client";
import { accounts, users } from "@/db/schema/teams";
import type { SignUpPolicy } from "@/server/env";
import { WeftError } from "@/server/errors";
import { isAddressInvited } from "@/server/teams/invitations/is-address-invited";
import { admitNewAccount } from "./sign-up-policy";

interface AdapterOptions {
	policy: SignUpPolicy;
	/** Begins a session of a person in the browser that asks; returns its token. */
	beginSession: (userId: string) => Promise<string>;
}

/**
 * How Auth.js keeps people who come by another service, once `admitFromService` has let them in: found by a verified address
 * alone, made as this instance makes accounts, and without the service's tokens, which nothing here needs.
 */
export function oauthAdapter(db: Db, { policy, beginSession }: AdapterOptions): Adapter {
	return {
		...DrizzleAdapter(db, { usersTable: users, accountsTable: accounts }),
		createUser: ({ name, email, image }) => createUser(db, policy, { name, email, image }),
		async getUserByEmail(email) {
			const own = and(eq(users.email, email.toLowerCase()), isNotNull(users.emailVerified));
			const [user] = await db.select(asUser).from(users).where(own);
			return user ?? null;
		},
		async linkAccount({ userId, type, provider, providerAccountId }) {
			await db.insert(accounts).values({ userId, type, provider, providerAccountId });
		},
		async createSession({ userId, expires }) {
			return { userId, expires, sessionToken: await beginSession(userId) };
		},
		// Whoever comes from a service is nobody yet: no session that the browser has is taken up, or linked to.
		getSessionAndUser: async () => null,
		updateSession: async () => null,
		deleteSession: async () => null,
	};
}

const { id, name, email, emailVerified, image } = users;
const asUser = { id, name, email, emailVerified, image };

async function createUser(
	db: Db,
	policy: SignUpPolicy,
	person: Pick<AdapterUser, "name" | "email" | "image">,
): Promise<AdapterUser> {
	return await db.transaction(async (tx) => {
		const isInvited = await isAddressInvited(tx, person.email);
		const { isAdministrator } = await admitNewAccount(tx, { policy, isInvited });
		const [user] = await tx
			.insert(users)
			.values({ ...person, email: person.email.toLowerCase(), emailVerified: new Date(), isAdministrator })
			.onConflictDoNothing()
			.returning(asUser);
		if (!user) throw new WeftError("conflict", "There is an account with this e-mail address already.");
		return user;
	});
}
