import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** OWASP's figures for scrypt: 32 MB and about 0.1 s. */
const COST = { N: 32_768, r: 8, p: 3 } as const;
const BYTES = 32;

export const newPasswordSchema = z
	.string()
	.min(10, "Use at least ten characters for the password.")
	.max(1_000, "Use 1,000 characters at most for the password.");

/** `scrypt$N$r$p$salt$hash`: a hash says how it was made, so the figures can be raised later. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const hash = await derive(password.normalize("NFKC"), salt, BYTES, { ...COST, maxmem: memoryFor(COST) });
	return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Takes the same time whether there is a hash to compare with or not, so that nobody learns who has an account. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
	const [, N, r, p, salt = "", hash = ""] = (stored ?? decoy()).split("$");
	const cost = { N: Number(N), r: Number(r), p: Number(p) };
	const expected = Buffer.from(hash, "base64url");
	const actual = await derive(password.normalize("NFKC"), Buffer.from(salt, "base64url"), BYTES, {
		...cost,
		maxmem: memoryFor(cost),
	});
	return expected.length === BYTES && timingSafeEqual(actual, expected) && stored !== null;
}

function decoy(): string {
	const salt = randomBytes(16).toString("base64url");
	return ["scrypt", COST.N, COST.r, COST.p, salt, Buffer.alloc(BYTES).toString("base64url")].join("$");
}

/** scrypt needs 128 · N · r bytes for its table and 128 · r · p besides (RFC 7914). */
function memoryFor({ N, r, p }: { N: number; r: number; p: number }): number {
	return 128 * r * (N + p) + 1_048_576;
}
