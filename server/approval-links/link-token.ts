import { createHmac } from "node:crypto";
import { hashToken } from "@/server/auth/secret-token";
import { deriveKey } from "@/server/derive-key";

const TOKEN = /^[A-Za-z0-9_-]{32}$/;
const BYTES = 24;

/** The secret part of a link's address: the same whenever its mail is sent again, and kept nowhere. */
export function approvalToken(secret: string, linkId: string): string {
	const mac = createHmac("sha256", deriveKey(secret, "share links")).update(`approval ${linkId}`).digest();
	return mac.subarray(0, BYTES).toString("base64url");
}

/** Its hash, which is stored; undefined for text that is no token. */
export function hashApprovalToken(token: string): string | undefined {
	return TOKEN.test(token) ? hashToken(token, "hex") : undefined;
}

export function approvalPath(token: string): string {
	return `/decide/${token}`;
}
