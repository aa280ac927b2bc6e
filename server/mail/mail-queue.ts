/** What waits longer to be mailed is news no more. So long a mail server may be down. */
export const MAILED_WITHIN_HOURS = 24;
/** A worker that has died in the middle is followed by another one after so long. */
export const LEASE_SECONDS = 300;
const LONGEST_WAIT_SECONDS = 900;

/** How long a mail waits after so many tries: longer each time. */
export function secondsToWait(tries: number): number {
	return Math.min(LONGEST_WAIT_SECONDS, 15 * 2 ** Math.min(tries, 16));
}

/** What a mail server answers to any command before it goes (RFC 5321, 3.8). */
const SHUTTING_DOWN = 421;

/**
 * Whether the mail server refused this mail or whom it is to, for good or for now (RFC 5321, 4.2.1). Undefined where the
 * trouble is its own, or that of what is set up: its user, its password, what mails come from.
 */
export function refusalOf(error: unknown): "for good" | "for now" | undefined {
	if (!(error instanceof Error && "responseCode" in error && "command" in error)) return undefined;
	const { command, responseCode } = error;
	if ((command !== "RCPT TO" && command !== "DATA") || responseCode === SHUTTING_DOWN) return undefined;
	return Number(responseCode) >= 500 ? "for good" : "for now";
}
