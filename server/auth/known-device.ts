import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deriveKey } from "@/server/derive-key";

/** The cookie in which a browser keeps who has signed in on it before. */
export const DEVICE_COOKIE = "weft.device";
export const DEVICE_COOKIE_DAYS = 400;
const MAX_PEOPLE = 5;

/** Somebody who has signed in on a device, with a password: once it is changed, the device is forgotten. */
export interface DeviceOwner {
	userId: string;
	passwordHash: string;
}

const tokenSchema = z.tuple([z.string(), z.string().min(16), z.string()]);

/** The cookie of a device on which `owner` has now signed in, beside the others who had. */
export function rememberDevice(secret: string, cookie: string | undefined, owner: DeviceOwner): string {
	const others = tokensOf(cookie).filter(([userId]) => userId !== owner.userId);
	const nonce = randomBytes(12).toString("base64url");
	const own = [owner.userId, nonce, sign(secret, owner, nonce)];
	return [own, ...others.slice(0, MAX_PEOPLE - 1)].map((token) => token.join("~")).join(".");
}

/** A name for the device, if `owner` has signed in on it before; undefined if the cookie does not prove so. */
export function recognizeDevice(secret: string, cookie: string | undefined, owner: DeviceOwner): string | undefined {
	const token = tokensOf(cookie).find(([userId]) => userId === owner.userId);
	if (token === undefined) return undefined;
	const [, nonce, signature] = token;
	const expected = Buffer.from(sign(secret, owner, nonce));
	const given = Buffer.from(signature);
	return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : undefined;
}

function tokensOf(cookie: string | undefined): z.infer<typeof tokenSchema>[] {
	const parts = (cookie ?? "").split(".").slice(0, MAX_PEOPLE);
	return parts.flatMap((part) => {
		const token = tokenSchema.safeParse(part.split("~"));
		return token.success ? [token.data] : [];
	});
}

function sign(secret: string, { userId, passwordHash }: DeviceOwner, nonce: string): string {
	const key = deriveKey(secret, "devices");
	return createHmac("sha256", key)
		.update(JSON.stringify([userId, passwordHash, nonce]))
		.digest("base64url");
}
