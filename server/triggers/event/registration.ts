import { checkExpression, checkInputs } from "../hooks/settings/check-mapping";
import { defineRegistration } from "../trigger-registration";
import { eventDefinition } from "./definition";

export const eventRegistration = defineRegistration(eventDefinition, {
	problems: ({ filter, dedupeKey, inputs }, form) => [
		...checkExpression("filter", filter),
		...checkExpression("dedupeKey", dedupeKey),
		...checkInputs(inputs, form),
	],
});
