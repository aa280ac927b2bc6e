import { keyOfTrigger, type Trigger, triggerDefinitionOf } from "../../triggers/catalog";
import { registrationOf } from "../../triggers/registrations";
import type { Issue } from "../issue";
import type { Plan } from "../plan";

/** Triggers of one name, and those that could start no run. */
export function checkTriggers({ triggers, inputs }: Plan): Issue[] {
	const seen = new Set<string>();
	return triggers.flatMap((trigger: Trigger, index) => {
		const key = keyOfTrigger(trigger);
		const title = triggerDefinitionOf(trigger.type)?.title;
		const at = `triggers.${index}`;
		const found = (registrationOf(trigger)?.problems(trigger, inputs) ?? []).map(({ field, message }) =>
			problem(`${at}.${field}`, `${title} ${key}: ${message}`),
		);
		if (seen.has(key)) found.push(problem(`${at}.id`, `Two triggers are called ${key}. Give one another id.`));
		seen.add(key);
		return found;
	});
}

function problem(field: string, message: string): Issue {
	return { severity: "error", field, code: "invalid_trigger", message };
}
