import { z } from "zod";
import { eventNameSchema } from "../../plan/event-name";
import { jsonObjectSchema } from "../../plan/values/json";
import { defineTrigger } from "../trigger-definition";
import { triggerIdSchema } from "../trigger-id";

export const eventConfigSchema = z.strictObject({
	type: z.literal("event"),
	id: triggerIdSchema,
	/** Of the events that start it. */
	name: eventNameSchema,
	/** CEL: starts a run only where it is true. */
	filter: z.string().max(4_000).optional(),
	/** CEL: an event with the key of an earlier one starts nothing. */
	dedupeKey: z.string().max(4_000).optional(),
	dedupeHours: z.int().min(1).max(720).default(24),
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: jsonObjectSchema.default({}),
});
export type EventConfig = z.infer<typeof eventConfigSchema>;

export const eventDefinition = defineTrigger({
	type: "event",
	config: eventConfigSchema,
	startsItself: true,
	title: "Event",
	cause: "By event",
	icon: "radio",
	add: {
		label: "Run on an event",
		trigger: eventConfigSchema.parse({ type: "event", id: "event", name: "order.paid" }),
	},
	detail: tell,
	summary: tell,
	starts: ({ name }) => `on the event ${name}`,
	outline: ({ type, id, name }) => eventConfigSchema.parse({ type, id, name }),
});

function tell({ name, filter }: EventConfig): string {
	return filter === undefined ? name : `${name}, filtered`;
}
