import { cookies, headers } from "next/headers";
import { getDatabase } from "@/server/database";
import { clientAddress } from "@/server/http/client-address";
import type { Visitor } from "./open-link";

/** The cookie in which a browser keeps that it knows the password of a link. */
export function proofCookie(linkId: string): string {
	return `weft.share.${linkId}`;
}

/** Who comes by a link with the request at hand. Of what it brings nothing else is read: no session, no account. */
export async function currentVisitor(): Promise<Visitor> {
	const kept = await cookies();
	return {
		database: getDatabase(),
		address: clientAddress(await headers()),
		proofOf: (linkId) => kept.get(proofCookie(linkId))?.value,
	};
}
