import { defineTrigger } from "../trigger-definition";
import { scheduleConfigSchema } from "./times/schedule-config";
import { summarizeSchedule } from "./times/summarize-schedule";

export const scheduleDefinition = defineTrigger({
	type: "schedule",
	config: scheduleConfigSchema,
	startsItself: true,
	title: "Schedule",
	cause: "By schedule",
	icon: "calendar-clock",
	add: {
		label: "Run on a schedule",
		trigger: scheduleConfigSchema.parse({ type: "schedule", id: "schedule", cron: "0 9 * * *" }),
	},
	detail: summarizeSchedule,
	summary: summarizeSchedule,
	starts: (config) => `on a schedule, ${summarizeSchedule(config)}`,
	outline: ({ type, id, cron, everySeconds, timeZone }) =>
		scheduleConfigSchema.parse({ type, id, cron, everySeconds, timeZone }),
});
