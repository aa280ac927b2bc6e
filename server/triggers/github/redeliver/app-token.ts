import { createSign } from "node:crypto";
import { FatalError } from "@/server/errors";

/** A token by which an app speaks for itself for nine minutes (RFC 7519, RS256), from its id and its private key in PEM. */
export function signAppToken(appId: string, privateKey: string, now: number): string {
	const seconds = Math.floor(now / 1_000);
	// A minute back, as GitHub asks: its clock may be behind.
	const claims = { iat: seconds - 60, exp: seconds + 540, iss: appId };
	const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const message = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
	try {
		return `${message}.${createSign("RSA-SHA256").update(message).sign(privateKey, "base64url")}`;
	} catch {
		throw new FatalError("The credential is no private key in PEM. Save the one that GitHub made for the app.");
	}
}
