import { hkdfSync } from "node:crypto";
import { getEnv } from "./env";
import { WeftError } from "./errors";

/** The server's master secret, and the one before while that is still accepted. */
export type MasterSecrets = readonly [current: string, ...previous: string[]];

/** What the master secret is used for. */
export type Purpose = "sessions" | "team keys" | "devices" | "share links" | "worker port" | "addresses";

/** A 256-bit key of its own for each purpose, from the one master secret (HKDF, RFC 5869). */
export function deriveKey(secret: string, purpose: Purpose): Buffer {
	return Buffer.from(hkdfSync("sha256", secret, "", `weft ${purpose} v1`, 32));
}

/** The same of each secret: the first is for what is made now, the others are for what was made before. */
export function deriveKeys([current, ...previous]: MasterSecrets, purpose: Purpose): [Buffer, ...Buffer[]] {
	return [deriveKey(current, purpose), ...previous.map((secret) => deriveKey(secret, purpose))];
}

/** The server's master secret; the launcher makes one on the first start. */
export function getMasterSecret(): string {
	const { WEFT_SECRET } = getEnv();
	if (!WEFT_SECRET)
		throw new WeftError("unavailable", "WEFT_SECRET is not set. Set it to at least 32 random characters.");
	return WEFT_SECRET;
}

export function getMasterSecrets(): MasterSecrets {
	const { WEFT_SECRET_PREVIOUS } = getEnv();
	return WEFT_SECRET_PREVIOUS === undefined ? [getMasterSecret()] : [getMasterSecret(), WEFT_SECRET_PREVIOUS];
}
