import type { Isolation } from "./runner";

/** One line for the start of a worker whose commands are not kept apart from its machine; undefined when they are. */
export function warnOfIsolation({ state, isRequired, reason }: Isolation): string | undefined {
	if (state === "on") return undefined;
	const because = reason === undefined ? "" : ` (${reason})`;
	const effect = isRequired
		? "Shell and Python steps are refused, as WEFT_SANDBOX=require asks."
		: "Shell and Python steps run as this server's user and can read what it can.";
	return `${CAUSES[state]}${because}. ${effect}${state === "off" ? "" : ` ${REMEDIES[state]}`}`;
}

const CAUSES = {
	off: "The sandbox is turned off (WEFT_SANDBOX=off)",
	missing: "There is no sandbox: bubblewrap is not installed",
	forbidden: "There is no sandbox: bubblewrap may not make namespaces here",
} satisfies Record<Exclude<Isolation["state"], "on">, string>;

const REMEDIES = {
	missing: "Install it (apt-get install bubblewrap) and restart the worker.",
	forbidden: "Allow unprivileged user namespaces on this machine or in its container, and restart the worker.",
} satisfies Record<Exclude<Isolation["state"], "on" | "off">, string>;
