import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/server/derive-key";

interface Locked {
	id: string;
	passwordHash: string;
}

/** What a browser keeps once the password was right: good for this link and this password alone. */
export function proveVisit(secret: string, { id, passwordHash }: Locked): string {
	return createHmac("sha256", deriveKey(secret, "share links"))
		.update(JSON.stringify([id, passwordHash]))
		.digest("base64url");
}

export function isProof(secret: string, link: Locked, given: string | undefined): boolean {
	const expected = Buffer.from(proveVisit(secret, link));
	const actual = Buffer.from(given ?? "");
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}
