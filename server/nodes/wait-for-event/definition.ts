import { z } from "zod";
import { isObject, jsonSchema } from "@/server/plan/values/json";
import { eventNameSchema } from "../../plan/event-name";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	name: eventNameSchema.meta({
		label: "Event",
		help: "As the step that sends it names it.",
		placeholder: "order.paid",
	}),
	match: z.string().max(4_000).optional().meta({
		label: "Only when",
		help: "In CEL over event.data, with the values of this run as they are when the wait begins. Empty: any event of the name.",
		placeholder: "event.data.order == inputs.order",
		widget: "cel",
	}),
	timeoutSeconds: z.number().min(1).max(31_536_000).optional().meta({
		label: "Wait at most",
		help: "Then it goes on by timeout. Empty: until the run times out.",
		widget: "duration",
	}),
	lookBackMinutes: z.number().min(0).max(1_440).default(0).meta({
		label: "Also events of so many minutes before",
		help: "For one that may have come before this step began. 0: only those that come now.",
		advanced: true,
	}),
});

export const waitForEventDefinition = defineNode({
	type: "wait-for-event",
	title: "Await an event",
	description: "Waits until another workflow sends an event, without holding anything up.",
	icon: "radio-receiver",
	keywords: ["event", "wait", "receive", "signal", "callback", "listen", "until", "correlate", "message"],
	category: "flow",
	kind: "wait",
	hasEffect: true,
	ownRoots: ["event"],
	canFail: () => true,
	ports: () => ["out", "timeout"],
	portOf: (output) => (isObject(output) ? (output.event === null ? "timeout" : "out") : undefined),
	config: configSchema,
	output: z.object({
		event: z
			.object({
				id: z.string().meta({ label: "Id" }),
				name: z.string().meta({ label: "Name" }),
				data: jsonSchema.meta({ label: "Data" }),
				at: z.string().meta({ label: "When it was sent" }),
				source: z
					.object({ run: z.string(), number: z.int(), workflow: z.string() })
					.nullable()
					.meta({ label: "The run that has sent it" }),
			})
			.nullable()
			.meta({ label: "The event; null when the time ran out" }),
	}),
	summary: ({ name }) => summarizeText(name, "no event yet"),
});
