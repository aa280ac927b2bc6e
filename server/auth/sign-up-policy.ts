import { ne, sql } from "drizzle-orm";
import type { DbLike, DbTransaction } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { SignUpPolicy } from "@/server/env";
import { WeftError } from "@/server/errors";
import { DEMO_EMAIL } from "./demo-user";

/** Who may make an account at this moment; the `first` one makes its owner the instance's administrator. */
export type SignUpOffer = SignUpPolicy | "first";

/** What lets somebody make an account. */
export interface SignUpGrounds {
	policy: SignUpPolicy;
	/** Whether an invitation to this address is at hand. It opens nothing on an instance that is closed. */
	isInvited: boolean;
}

/** Any number: it only has to be the same in every process that makes accounts. */
const FIRST_ACCOUNT_LOCK = 7_133_702;

/** Whether an account can be made here, as the pages say it. */
export type SignUpState = { isOpen: true; isFirst: boolean } | { isOpen: false; reason: string };

export const SIGN_UP_REFUSALS = {
	invited: "Accounts on this server are made by invitation. Ask an admin of the team you want to join for one.",
	closed: "This server takes no new accounts. Ask its administrator for access.",
} as const satisfies Partial<Record<SignUpOffer, string>>;

export async function offerSignUp(db: DbLike, policy: SignUpPolicy): Promise<SignUpOffer> {
	return policy === "closed" || (await hasAccounts(db)) ? policy : "first";
}

export async function readSignUpState(
	db: DbLike,
	policy: SignUpPolicy,
	{ isInvited = false }: { isInvited?: boolean } = {},
): Promise<SignUpState> {
	const offer = await offerSignUp(db, policy);
	if (offer === "invited" && isInvited) return { isOpen: true, isFirst: false };
	if (offer === "open" || offer === "first") return { isOpen: true, isFirst: offer === "first" };
	return { isOpen: false, reason: SIGN_UP_REFUSALS[offer] };
}

/** Throws `forbidden`, with what to do, when this instance takes no such account. */
export async function requireSignUp(db: DbLike, { policy, isInvited }: SignUpGrounds): Promise<SignUpOffer> {
	const offer = await offerSignUp(db, policy);
	if (offer === "closed" || (offer === "invited" && !isInvited))
		throw new WeftError("forbidden", SIGN_UP_REFUSALS[offer]);
	return offer;
}

/** `requireSignUp` for the transaction that makes the account: of several first accounts at once, one is the first. */
export async function admitNewAccount(
	tx: DbTransaction,
	grounds: SignUpGrounds,
): Promise<{ isAdministrator: boolean }> {
	if ((await requireSignUp(tx, grounds)) !== "first") return { isAdministrator: false };
	await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`);
	return { isAdministrator: (await requireSignUp(tx, grounds)) === "first" };
}

/** Whether anybody has an account; the demo user is nobody. */
async function hasAccounts(db: DbLike): Promise<boolean> {
	const found = await db.select({ id: users.id }).from(users).where(ne(users.email, DEMO_EMAIL)).limit(1);
	return found.length > 0;
}
