import { z } from "zod";
import type { MasterSecrets } from "@/server/derive-key";
import { isSignature, signTexts } from "@/server/signature";
import { newToken } from "./secret-token";

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
export function rememberDevice(secrets: MasterSecrets, cookie: string | undefined, owner: DeviceOwner): string {
	const others = tokensOf(cookie).filter(([userId]) => userId !== owner.userId);
	const nonce = newToken(12);
	const own = [owner.userId, nonce, signTexts(secrets, "devices", textsOf(owner, nonce))];
	return [own, ...others.slice(0, MAX_PEOPLE - 1)].map((token) => token.join("~")).join(".");
}

/** A name for the device, if `owner` has signed in on it before; undefined if the cookie does not prove so. */
export function recognizeDevice(
	secrets: MasterSecrets,
	cookie: string | undefined,
	owner: DeviceOwner,
): string | undefined {
	const token = tokensOf(cookie).find(([userId]) => userId === owner.userId);
	if (token === undefined) return undefined;
	const [, nonce, signature] = token;
	const signed = { purpose: "devices" as const, texts: textsOf(owner, nonce) };
	return isSignature(secrets, signed, signature) ? nonce : undefined;
}

function tokensOf(cookie: string | undefined): z.infer<typeof tokenSchema>[] {
	const parts = (cookie ?? "").split(".").slice(0, MAX_PEOPLE);
	return parts.flatMap((part) => {
		const token = tokenSchema.safeParse(part.split("~"));
		return token.success ? [token.data] : [];
	});
}

function textsOf({ userId, passwordHash }: DeviceOwner, nonce: string): string[] {
	return [userId, passwordHash, nonce];
}
