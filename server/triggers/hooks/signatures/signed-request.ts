import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureSettings } from "../settings/signature-settings";

export interface SignedRequest {
	headers: Headers;
	/** The bytes as they came: what is signed. */
	body: Buffer;
	/** In ms since 1970. */
	now: number;
}

/**
 * Checks a request against the secrets that are valid at present. Returns why it is refused; undefined for one that is
 * signed with any of them.
 */
export type Verify = (
	request: SignedRequest,
	secrets: readonly string[],
	settings: SignatureSettings,
) => string | undefined;

export const BAD_SIGNATURE = "The signature is not right.";

/** A request whose signed time is further away is refused: it may be a copy. */
export const TOLERANCE_SECONDS = 300;

/** Compares in constant time, whatever the lengths. */
export function isEqual(given: string, expected: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}

interface Hmac {
	algorithm?: "sha256" | "sha1" | "sha512";
	encoding?: "hex" | "base64";
}

/** Whether any of the signatures is that of the message under any of the secrets. All of them are tried: time tells nothing. */
export function isSigned(
	message: readonly (string | Buffer)[],
	{ given, secrets }: { given: readonly string[]; secrets: readonly (string | Buffer)[] },
	{ algorithm = "sha256", encoding = "hex" }: Hmac = {},
): boolean {
	const matches = secrets.flatMap((secret) => {
		const hmac = createHmac(algorithm, secret);
		for (const part of message) hmac.update(part);
		const expected = hmac.digest(encoding);
		return given.map((each) => isEqual(each, expected));
	});
	return matches.includes(true);
}

/** Why a signed time in seconds is refused; undefined for one that is near enough. */
export function refuseTime(
	seconds: string | null,
	{ now }: SignedRequest,
	tolerance = TOLERANCE_SECONDS,
): string | undefined {
	if (seconds === null || !/^\d{1,12}$/.test(seconds)) return "The time of its signature is missing.";
	const away = Math.abs(now / 1_000 - Number(seconds));
	if (away <= tolerance) return undefined;
	return `It was signed ${Math.round(away)} s away from now; at most ${tolerance} s are allowed. It may be a copy of an earlier one.`;
}
