import { createHash, randomBytes } from "node:crypto";

/** Random bytes as text that may stand in a cookie or an address: 256 bits, unless told otherwise. */
export function newToken(bytes = 32): string {
	return randomBytes(bytes).toString("base64url");
}

/** What is stored in a token's place. It needs no salt and no slow hash: nobody guesses 128 random bits. */
export function hashToken(token: string, encoding: "base64url" | "hex" = "base64url"): string {
	return createHash("sha256").update(token).digest(encoding);
}
