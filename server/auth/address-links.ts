import { and, eq, isNotNull } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { MasterSecrets } from "@/server/derive-key";
import { isSignature, signTexts } from "@/server/signature";

/** How long a link may be used by which somebody verifies their address. */
export const ADDRESS_LINK_HOURS = 24;

/** Whose address a link verifies. */
interface AddressOwner {
	userId: string;
	email: string;
}

/**
 * The token of a link by which a person shows that an address is theirs. It is signed and stored nowhere: it changes nothing
 * without that person's session, and using it twice changes nothing more.
 */
export function makeAddressToken(secrets: MasterSecrets, owner: AddressOwner, now = Date.now()): string {
	const until = (now + ADDRESS_LINK_HOURS * 3_600_000).toString(36);
	return `${until}.${signTexts(secrets, "addresses", textsOf(owner, until))}`;
}

/** Whether a link was sent to this person, to the address that they have, and has not expired. */
export function isAddressToken(secrets: MasterSecrets, token: string, owner: AddressOwner): boolean {
	const [until = "", signature = ""] = token.split(".");
	const signed = { purpose: "addresses" as const, texts: textsOf(owner, until) };
	return Number.parseInt(until, 36) > Date.now() && isSignature(secrets, signed, signature);
}

/** What a link is to the person who opens it; `over` when it has expired, or was sent to somebody else. */
export type AddressLinkState = "open" | "verified" | "over";

/** Changes nothing: scanners of mail open every link. */
export async function readAddressLink(
	db: DbLike,
	secrets: MasterSecrets,
	{ token, owner }: { token: string; owner: AddressOwner },
): Promise<AddressLinkState> {
	const isVerified = await db.$count(users, and(eq(users.id, owner.userId), isNotNull(users.emailVerified)));
	if (isVerified > 0) return "verified";
	return isAddressToken(secrets, token, owner) ? "open" : "over";
}

/** The page of a link. The token is no part of the path, which logs keep. */
export function addressLinkPath(token: string): string {
	return `/sign-in/verify?token=${encodeURIComponent(token)}`;
}

function textsOf({ userId, email }: AddressOwner, until: string): string[] {
	return [userId, email, until];
}
