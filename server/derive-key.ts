import { hkdfSync } from "node:crypto";
import { getEnv } from "./env";
import { WeftError } from "./errors";

/** A 256-bit key of its own for each purpose, from the one master secret (HKDF, RFC 5869). */
export function deriveKey(
	secret: string,
	purpose: "sessions" | "team keys" | "devices" | "share links" | "worker port",
): Buffer {
	return Buffer.from(hkdfSync("sha256", secret, "", `weft ${purpose} v1`, 32));
}

/** The server's master secret; the launcher makes one on the first start. */
export function getMasterSecret(): string {
	const { WEFT_SECRET } = getEnv();
	if (!WEFT_SECRET)
		throw new WeftError("unavailable", "WEFT_SECRET is not set. Set it to at least 32 random characters.");
	return WEFT_SECRET;
}
/** The master secret, and the one before while that is still accepted. */
export function getMasterSecrets(): readonly [current: string, ...previous: string[]] {
	const { WEFT_SECRET_PREVIOUS } = getEnv();
	return WEFT_SECRET_PREVIOUS === undefined ? [getMasterSecret()] : [getMasterSecret(), WEFT_SECRET_PREVIOUS];
}
