import ipaddr from "ipaddr.js";

/** Whether a host's name or address means this very machine. */
export function isLoopback(host: string): boolean {
	const name = host.trim().replace(/^\[|\]$/g, "");
	if (name === "localhost" || name.endsWith(".localhost")) return true;
	return ipaddr.isValid(name) && ipaddr.process(name).range() === "loopback";
}
