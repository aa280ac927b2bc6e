import { alertmanagerRegistration } from "./alertmanager/registration";
import { type Trigger, triggerDefinitionOf } from "./catalog";
import { githubRegistration } from "./github/registration";
import { gitlabRegistration } from "./gitlab/registration";
import { checkSettings } from "./hooks/settings/check-mapping";
import { scheduleRegistration } from "./schedule/registration";
import type { TriggerRegistration } from "./trigger-registration";
import { webhookRegistration } from "./webhook/registration";

/** Of the kinds that come at times, or whose settings have to fit each other in ways that their schema does not tell. */
const registrations: Partial<Record<Trigger["type"], TriggerRegistration>> = {
	schedule: scheduleRegistration,
	webhook: webhookRegistration,
	alertmanager: alertmanagerRegistration,
	github: githubRegistration,
	gitlab: gitlabRegistration,
};

/** How a trigger is registered; null for one that a person starts, of which there is nothing to register. */
export function registrationOf({ type }: Trigger): TriggerRegistration | null {
	const definition = triggerDefinitionOf(type);
	if (!definition?.startsItself) return null;
	return registrations[type] ?? { problems: (config, form) => checkSettings(definition.config, config, form) };
}
