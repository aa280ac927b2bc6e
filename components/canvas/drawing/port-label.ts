/** What stands beside a port: the name, without the prefix that keeps cases apart from other ports. */
export function portLabel(port: string): string {
	return port.startsWith("case:") ? port.slice("case:".length) : port;
}
