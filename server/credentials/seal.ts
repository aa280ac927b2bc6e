import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const PREFIX = "v1.";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts under a 256-bit key. `boundTo` must be given again to open: a sealed value moved elsewhere stays shut. */
export function seal(key: Buffer, plain: Buffer, boundTo: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
	cipher.setAAD(Buffer.from(boundTo));
	const body = Buffer.concat([cipher.update(plain), cipher.final()]);
	return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** Throws when the value was changed, belongs elsewhere, or was sealed under another key. */
export function unseal(key: Buffer, sealed: string, boundTo: string): Buffer {
	if (!sealed.startsWith(PREFIX)) throw new Error("This sealed value has an unknown format.");
	const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
	const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAAD(Buffer.from(boundTo));
	decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
