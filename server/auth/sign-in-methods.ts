import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { connectionPorts } from "@/server/http/client-address";
import { findConnectionOwner } from "@/server/http/connection-owner";
import { isLocalRequest } from "./local-request";

export type OAuthProvider = "github" | "google";

/** The sign-in methods, besides e-mail and password, that are offered to the client with these headers. */
export function signInMethods(headers: Headers): { demo: boolean; providers: OAuthProvider[] } {
	return { demo: offersDemo(headers), providers: oauthProviders() };
}

/** Whether the client with these headers may sign in as the demo user. */
function offersDemo(headers: Headers): boolean {
	const { WEFT_DEMO_LOGIN } = getEnv();
	return WEFT_DEMO_LOGIN === "anybody" || (WEFT_DEMO_LOGIN === "this machine" && isLocalRequest(headers));
}

/**
 * Throws `forbidden` when the demo is not for whoever sent these headers. A step of a workflow is on this machine, but it is
 * not the person at it.
 */
export async function requireDemo(headers: Headers): Promise<void> {
	if (!offersDemo(headers)) throw refuseDemo();
	if (getEnv().WEFT_DEMO_LOGIN === "anybody") return;
	const owner = await ownerOf(headers);
	if (owner !== "other") throw new WeftError("forbidden", REFUSALS[owner]);
}

/** Throws `forbidden` to a step of a workflow that would make an account: the first one administers the server. */
export async function requireNoStep(headers: Headers): Promise<void> {
	if (connectionPorts(headers) !== undefined && (await ownerOf(headers)) === "step")
		throw new WeftError("forbidden", "Steps of workflows cannot create accounts. Open this page in a browser.");
}

async function ownerOf(headers: Headers) {
	const ports = connectionPorts(headers);
	return ports === undefined ? "unclear" : await findConnectionOwner(ports);
}

export function refuseDemo(): WeftError {
	return new WeftError("forbidden", "The demo is not set up on this server. Sign in with an account.");
}

const REFUSALS = {
	step: "The demo is for the person at this machine, not for steps of a workflow. Sign in with an account.",
	unclear:
		"A step is running, and Weft cannot tell whether it is the one that asks. Try again when no step runs, or sign in with an account.",
} as const;

export function oauthProviders(): OAuthProvider[] {
	const env = getEnv();
	const providers: OAuthProvider[] = [];
	if (env.AUTH_GITHUB_ID && env.AUTH_GITHUB_SECRET) providers.push("github");
	if (env.AUTH_GOOGLE_ID && env.AUTH_GOOGLE_SECRET) providers.push("google");
	return providers;
}
