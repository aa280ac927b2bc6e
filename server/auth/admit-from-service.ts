import { and, eq } from "drizzle-orm";
import type { Account } from "next-auth";
import { z } from "zod";
import type { Db } from "@/db/client";
import { accounts, users } from "@/db/schema/teams";
import type { SignUpPolicy } from "@/server/env";
import { WeftError } from "@/server/errors";
import { isAddressInvited } from "@/server/teams/invitations/is-address-invited";
import { emailSchema } from "./authenticate";
import { countSignUp } from "./sign-in-limits";
import { offerSignUp } from "./sign-up-policy";

/** Why somebody whom a service vouches for does not get in; `describeSignInError` has the words. */
export type ServiceRefusal =
	| "AddressNotVerified"
	| "OAuthAccountNotLinked"
	| "SignUpClosed"
	| "SignUpInvited"
	| "TooManyAttempts";

interface Vouched {
	account: Pick<Account, "provider" | "providerAccountId">;
	/** As the service tells it. */
	profile: unknown;
}

const verifiedSchema = z.object({ email: emailSchema, email_verified: z.literal(true) });

/**
 * Whether somebody may come in by a service's word: a known account of that service may, and so may an address that both the
 * service and this instance have verified. An address that is new here makes an account, as far as accounts are made.
 */
export async function admitFromService(
	db: Db,
	{ account, profile }: Vouched,
	{ policy, address }: { policy: SignUpPolicy; address: string },
): Promise<ServiceRefusal | undefined> {
	if (await isKnown(db, account)) return undefined;
	const verified = verifiedSchema.safeParse(profile);
	if (!verified.success) return "AddressNotVerified";
	const { email } = verified.data;
	const [person] = await db.select({ at: users.emailVerified }).from(users).where(eq(users.email, email));
	// Whoever made the account may never have had the address: linking would let its owner into a stranger's hands.
	if (person) return person.at === null ? "OAuthAccountNotLinked" : undefined;
	return await refuseNewAccount(db, { email, policy, address });
}

async function isKnown(db: Db, { provider, providerAccountId }: Vouched["account"]): Promise<boolean> {
	const own = and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId));
	return (await db.$count(accounts, own)) > 0;
}

async function refuseNewAccount(
	db: Db,
	{ email, policy, address }: { email: string; policy: SignUpPolicy; address: string },
): Promise<ServiceRefusal | undefined> {
	const offer = await offerSignUp(db, policy);
	if (offer === "closed") return "SignUpClosed";
	if (offer === "invited" && !(await isAddressInvited(db, email))) return "SignUpInvited";
	try {
		await countSignUp(db, { address, email });
		return undefined;
	} catch (error) {
		if (error instanceof WeftError && error.code === "too_many_requests") return "TooManyAttempts";
		throw error;
	}
}
