import { parseFormValues } from "../../plan/form-values";
import { defineRegistration } from "../trigger-registration";
import { scheduleDefinition } from "./definition";
import { explainCron } from "./times/explain-cron";
import { nextStart } from "./times/next-start";

export const scheduleRegistration = defineRegistration(scheduleDefinition, {
	problems({ cron, inputs }, form) {
		const reason = cron === undefined ? undefined : explainCron(cron);
		const unfit = parseFormValues(form, inputs).issues ?? [];
		return [
			...(reason === undefined ? [] : [{ field: "cron", message: reason }]),
			...unfit.map(({ field, message }) => ({ field: `inputs.${field}`, message })),
		];
	},
	next: nextStart,
});
