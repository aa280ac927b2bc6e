import { type NextRequest, NextResponse } from "next/server";
import { getEnv } from "./server/env";
import { PATH_HEADER } from "./server/http/path-header";
import { refuseBody } from "./server/http/refuse-body";

/** A form of a few fields; anybody may send one, and Next.js reads it as a whole. */
const MAX_BODY_BYTES = 100_000;

/**
 * Refuses long forms, and gives every page a content security policy with a nonce of its own, which Next.js puts on its scripts,
 * and its own address.
 * Authorization is no business of this file: every verb and query checks it.
 */
export function proxy(request: NextRequest): Response {
	const refusal = refuseBody(request, MAX_BODY_BYTES);
	if (refusal) return refusal;
	const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
	const policy = contentSecurityPolicy(nonce, getEnv().NODE_ENV === "development");
	const headers = new Headers(request.headers);
	headers.set("x-nonce", nonce);
	headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
	headers.set("content-security-policy", policy);
	const response = NextResponse.next({ request: { headers } });
	response.headers.set("content-security-policy", policy);
	return response;
}

/** Files have a policy of their own, or none. */
export const config = { matcher: "/((?!api/|_next/static/|icon\\.svg$|share/[^/]+/(?:film$|files/)).*)" };

/** React evaluates text in development only; inline styles come from React Flow and Radix, which position with them. */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
	return [
		"default-src 'self'",
		`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob: https://avatars.githubusercontent.com https://lh3.googleusercontent.com",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	].join("; ");
}
