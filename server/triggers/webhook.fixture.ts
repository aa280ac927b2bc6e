import { z } from "zod";
import { defineTrigger } from "./trigger-definition";

/** A kind of trigger that Weft does not have, with settings of its own: what a new one must bring, and nothing else. */
export const webhookDefinition = defineTrigger({
	type: "webhook",
	config: z.strictObject({ type: z.literal("webhook"), path: z.string() }),
	title: "Webhook",
	cause: "By a request",
	detail: "to an address of its own",
	icon: "globe",
	add: { label: "Start on a request", trigger: { type: "webhook", path: "/new" } },
	summary: () => "a request",
	starts: () => "on a request",
});
