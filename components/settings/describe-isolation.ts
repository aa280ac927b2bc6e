import type { Outputs } from "../trpc/types";

export type Isolation = Outputs["workers"]["list"][number]["isolation"];

export interface IsolationWords {
	title: string;
	/** What it means for what people run. */
	effect: string;
	/** What to do about it. */
	remedy?: string;
	isSafe: boolean;
}

/** What a worker's sandbox does for those who run commands on it. */
export function describeIsolation(isolation: Isolation): IsolationWords {
	if (isolation === null)
		return { title: "Sandbox not tried yet", effect: "This worker is starting. Look again in a moment.", isSafe: true };
	const { state, isRequired } = isolation;
	if (state === "on")
		return {
			title: "Sandbox on",
			effect:
				"Shell and Python steps see the system’s programs and their own run’s files, and no others. They share the machine’s network, unless a step turns it off.",
			isSafe: true,
		};
	const effect = isRequired
		? "Shell and Python steps are refused until it works (WEFT_SANDBOX=require)."
		: "Shell and Python steps run as the server’s user and can read all that it can, Weft’s own secret included.";
	return { ...WITHOUT[state], effect, isSafe: isRequired };
}

const WITHOUT = {
	off: { title: "Sandbox turned off", remedy: "Remove WEFT_SANDBOX=off from the worker’s environment and restart it." },
	missing: {
		title: "No sandbox: bubblewrap is not installed",
		remedy: "Install it on the worker’s machine (apt-get install bubblewrap) and restart the worker.",
	},
	forbidden: {
		title: "No sandbox: bubblewrap is not allowed to work",
		remedy: "Allow user namespaces on the worker’s machine, or in its container, and restart the worker.",
	},
} as const;
