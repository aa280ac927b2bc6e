import { hashToken, newToken } from "@/server/auth/secret-token";

/** 128 random bits: people pass links on, and 256 make them needlessly long. */
const BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** The secret part of a link's address. */
export function newLinkToken(): string {
	return newToken(BYTES);
}

/** Its hash, which is stored; undefined for text that is not a token. */
export function hashLinkToken(token: string): string | undefined {
	return TOKEN.test(token) ? hashToken(token, "hex") : undefined;
}
