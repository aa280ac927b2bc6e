import { z } from "zod";
import { defineTrigger } from "./trigger-definition";

/** A kind of trigger that Weft does not have, with settings of its own: what a new one must bring, and nothing else. */
export const signalDefinition = defineTrigger({
	type: "signal",
	config: z.strictObject({ type: z.literal("signal"), path: z.string() }),
	startsItself: true,
	title: "Signal",
	cause: "By a signal",
	detail: () => "to an address of its own",
	icon: "globe",
	add: { label: "Start on a request", trigger: { type: "signal", path: "/new" } },
	summary: () => "a request",
	starts: () => "on a request",
});
