import { z } from "zod";
import { eventNameSchema } from "../../plan/event-name";
import { jsonObjectSchema } from "../../plan/values/json";
import { defineTrigger } from "../trigger-definition";
import { triggerIdSchema } from "../trigger-id";

const EXPRESSION = "Write an expression of 4,000 characters at most";
const HOURS = "Enter a number of hours from 1 to 720";

export const eventConfigSchema = z.strictObject({
	type: z.literal("event"),
	id: triggerIdSchema,
	name: eventNameSchema.meta({
		label: "Event",
		placeholder: "order.paid",
		help: "As the steps that send it name it.",
	}),
	filter: z.string().max(4_000, EXPRESSION).optional().meta({
		label: "Only when",
		widget: "cel",
		placeholder: "trigger.data.amount > 100",
		help: "In CEL. Without it every event of the name starts a run.",
	}),
	dedupeKey: z.string().max(4_000, EXPRESSION).optional().meta({
		label: "Duplicates have the same",
		widget: "cel",
		placeholder: "trigger.data.order",
		help: "In CEL. An event with the key of an earlier one starts nothing.",
	}),
	dedupeHours: z
		.int(HOURS)
		.min(1, HOURS)
		.max(720, HOURS)
		.default(24)
		.meta({ label: "For so many hours", visibleWhen: ({ dedupeKey }) => dedupeKey !== undefined }),
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
	reads: ["trigger.data", "trigger.name", "trigger.source"],
	takesTestEvents: true,
	detail: tell,
	summary: tell,
	starts: ({ name }) => `on the event ${name}`,
	outline: ({ type, id, name }) => eventConfigSchema.parse({ type, id, name }),
});

function tell({ name, filter }: EventConfig): string {
	return filter === undefined ? name : `${name}, filtered`;
}
