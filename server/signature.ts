import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKeys, type MasterSecrets, type Purpose } from "./derive-key";

/** Signs texts with the current master secret: 43 characters (HMAC-SHA-256). */
export function signTexts(secrets: MasterSecrets, purpose: Purpose, texts: readonly string[]): string {
	return sign(deriveKeys(secrets, purpose)[0], texts);
}

/** Whether the texts were signed so, with any of the secrets; compared in constant time. */
export function isSignature(
	secrets: MasterSecrets,
	signed: { purpose: Purpose; texts: readonly string[] },
	given: string,
): boolean {
	const actual = Buffer.from(given);
	return deriveKeys(secrets, signed.purpose).some((key) => {
		const expected = Buffer.from(sign(key, signed.texts));
		return actual.length === expected.length && timingSafeEqual(actual, expected);
	});
}

function sign(key: Buffer, texts: readonly string[]): string {
	return createHmac("sha256", key).update(JSON.stringify(texts)).digest("base64url");
}
