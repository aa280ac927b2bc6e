import { expect, it } from "vitest";
import { warnOfIsolation } from "./warn-of-isolation";

it("says nothing where the sandbox works", () => {
	expect(warnOfIsolation({ state: "on", isRequired: true })).toBeUndefined();
});

it.each([
	[
		{ state: "missing", isRequired: false } as const,
		"There is no sandbox: bubblewrap is not installed. Shell and Python steps run as this server's user and can read what it can. Install it (apt-get install bubblewrap) and restart the worker.",
	],
	[
		{ state: "forbidden", isRequired: true, reason: "bwrap: No permissions to create new namespace" } as const,
		"There is no sandbox: bubblewrap may not make namespaces here (bwrap: No permissions to create new namespace). Shell and Python steps are refused, as WEFT_SANDBOX=require asks. Allow unprivileged user namespaces on this machine or in its container, and restart the worker.",
	],
	[
		{ state: "off", isRequired: false } as const,
		"The sandbox is turned off (WEFT_SANDBOX=off). Shell and Python steps run as this server's user and can read what it can.",
	],
])("says in one line what is missing and what to do", (isolation, line) => {
	expect(warnOfIsolation(isolation)).toBe(line);
});
