import { z } from "zod";
import { parseInstant } from "@/server/plan/values/instant";
import { defineNode } from "../../plan/node-definition";
import { summarizeSeconds, summarizeText } from "../summary-text";

const YEAR = 31_536_000;

const configSchema = z
	.strictObject({
		seconds: z
			.number()
			.min(0)
			.max(YEAR)
			.optional()
			.meta({ label: "Wait for", help: "Up to a year.", widget: "duration" }),
		until: z
			.union([z.string(), z.number()])
			.refine(
				(value) => parseInstant(value) !== undefined,
				"Enter a date and time with its zone, such as 2026-05-01T09:00:00Z",
			)
			.optional()
			.meta({
				label: "Wait until",
				help: "A date and time with its zone, within a year. One that has passed does not wait.",
				placeholder: "2026-05-01T09:00:00Z",
			}),
	})
	.refine(({ seconds, until }) => (seconds === undefined) !== (until === undefined), {
		path: ["seconds"],
		message: "Enter either how long to wait or until when, not both",
	});

export const delayDefinition = defineNode({
	type: "delay",
	title: "Delay",
	description: "Waits for a time, or until a date.",
	icon: "hourglass",
	keywords: ["wait", "sleep", "timer", "pause", "schedule", "later", "until"],
	category: "flow",
	kind: "wait",
	hasEffect: true,
	canFail: ({ until }) => until !== undefined,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({ wokeAt: z.string().meta({ label: "When the wait ended" }) }),
	summary: ({ seconds, until }) => {
		if (typeof seconds === "number" && seconds >= 0) return summarizeSeconds(seconds);
		const reference = summarizeText(seconds, "");
		if (reference !== "") return reference;
		const end = typeof until === "number" ? String(until) : summarizeText(until, "");
		return end === "" ? "no time yet" : `until ${end}`;
	},
});
