import { checkExpression, checkInputs } from "../hooks/settings/check-mapping";
import { defineRegistration } from "../trigger-registration";
import { workflowEndedDefinition } from "./definition";

export const workflowEndedRegistration = defineRegistration(workflowEndedDefinition, {
	problems: ({ filter, inputs }, form) => [...checkExpression("filter", filter), ...checkInputs(inputs, form)],
});
