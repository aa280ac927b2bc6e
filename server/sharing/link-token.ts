import { createHash, randomBytes } from "node:crypto";

/** 128 random bits. */
const BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** The secret part of a link's address. */
export function makeToken(): string {
	return randomBytes(BYTES).toString("base64url");
}

/** What is stored of a token: of something random nobody guesses what was hashed. Undefined for what is no token. */
export function hashToken(token: string): string | undefined {
	return TOKEN.test(token) ? createHash("sha256").update(token).digest("hex") : undefined;
}
