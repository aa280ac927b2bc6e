import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, as text that may stand in a cookie or an address. */
export function newToken(): string {
	return randomBytes(32).toString("base64url");
}

/** What is stored in a token's place. It needs no salt and no slow hash: nobody guesses 256 random bits. */
export function hashToken(token: string): string {
	return createHash("sha256").update(token).digest("base64url");
}
