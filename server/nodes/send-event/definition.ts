import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { eventNameSchema } from "../../plan/event-name";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	name: eventNameSchema.meta({
		label: "Event",
		help: "What has happened, in dotted words. Workflows with an Event trigger of this name start, and steps that wait for it go on.",
		placeholder: "order.paid",
	}),
	data: jsonSchema.default({}).meta({
		label: "Data",
		help: "Receivers read it as trigger.data, or as event.data. References inside JSON keep their type.",
		placeholder: '{ "order": "{{ steps.read.output.id }}" }',
		widget: "json",
	}),
});

export const sendEventDefinition = defineNode({
	type: "send-event",
	title: "Send an event",
	description: "Tells other workflows what has happened: those that start by it, and steps that wait for it.",
	icon: "radio",
	keywords: ["event", "emit", "publish", "signal", "broadcast", "trigger", "notify", "fan out", "message"],
	category: "flow",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		id: z.string().meta({ label: "Id of the event" }),
		at: z.string().meta({ label: "When it was sent" }),
	}),
	summary: ({ name }) => summarizeText(name, "no event yet"),
});
