import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const PREFIX = "v1.";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A 256-bit key, and those that it took the place of: what was sealed under these opens until it is sealed anew. */
export type Keys = readonly [current: Buffer, ...former: Buffer[]];

/** Encrypts under the current key. `boundTo` must be given again to open: a sealed value moved elsewhere stays shut. */
export function seal([key]: Keys, plain: Buffer, boundTo: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
	cipher.setAAD(Buffer.from(boundTo));
	const body = Buffer.concat([cipher.update(plain), cipher.final()]);
	return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** Throws when the value was changed, belongs elsewhere, or was sealed under none of the keys. */
export function unseal(keys: Keys, sealed: string, boundTo: string): Buffer {
	const [current, ...former] = keys;
	try {
		return unsealWith(current, sealed, boundTo);
	} catch (error) {
		for (const key of former) if (isSealedUnder(key, sealed, boundTo)) return unsealWith(key, sealed, boundTo);
		throw error;
	}
}

export function isSealedUnder(key: Buffer, sealed: string, boundTo: string): boolean {
	try {
		unsealWith(key, sealed, boundTo);
		return true;
	} catch {
		return false;
	}
}

function unsealWith(key: Buffer, sealed: string, boundTo: string): Buffer {
	if (!sealed.startsWith(PREFIX)) throw new Error("This sealed value has an unknown format.");
	const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
	const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAAD(Buffer.from(boundTo));
	decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
