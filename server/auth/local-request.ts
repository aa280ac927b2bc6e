import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { isLoopback } from "@/server/http/loopback";

/**
 * Whether a request comes from this machine under one of its own names. Others that reach a loopback address do not: people
 * behind a proxy, and web pages whose own name was made to lead here (DNS rebinding).
 */
export function isLocalRequest(headers: Headers): boolean {
	const hosts = [headers.get("host"), headers.get("x-forwarded-host")].flatMap((host) => host?.split(",") ?? []);
	const clients = headers.get("x-forwarded-for")?.split(",") ?? [];
	return hosts.length > 0 && hosts.every((host) => isLoopback(nameOf(host))) && clients.every(isLoopback);
}

/**
 * A server that listens on a loopback address and was told no other is for this machine. Throws `forbidden` when somebody
 * signs in under another name: a page that made its name lead here would have the run of the machine.
 */
export function requireOwnHost(headers: Headers): void {
	const { HOST, AUTH_URL, PORT } = getEnv();
	if (AUTH_URL !== undefined || !isLoopback(HOST) || isLoopback(nameOf(headers.get("host") ?? ""))) return;
	throw new WeftError(
		"forbidden",
		`This server is for this machine only. Open it as http://localhost:${PORT}, or set AUTH_URL to the address that people use.`,
	);
}

function nameOf(host: string): string {
	const address = `http://${host.trim()}`;
	return URL.canParse(address) ? new URL(address).hostname : "";
}
