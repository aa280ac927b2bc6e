import { hashToken } from "@/server/auth/secret-token";
import type { MasterSecrets } from "@/server/derive-key";
import { signTexts } from "@/server/signature";

const LENGTH = 32;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** The secret part of a link's address, 192 bits: the same whenever its mail is sent again, and kept nowhere. */
export function approvalToken(secrets: MasterSecrets, linkId: string): string {
	return signTexts(secrets, "share links", ["approval", linkId]).slice(0, LENGTH);
}

/** Its hash, which is stored; undefined for text that is no token. */
export function hashApprovalToken(token: string): string | undefined {
	return TOKEN.test(token) ? hashToken(token, "hex") : undefined;
}

export function approvalPath(token: string): string {
	return `/decide/${token}`;
}
