import { alertmanagerRegistration } from "./alertmanager/registration";
import type { Trigger } from "./catalog";
import { eventRegistration } from "./event/registration";
import { githubRegistration } from "./github/registration";
import { gitlabRegistration } from "./gitlab/registration";

import { scheduleRegistration } from "./schedule/registration";
import type { TriggerRegistration } from "./trigger-registration";
import { webhookRegistration } from "./webhook/registration";
import { workflowEndedRegistration } from "./workflow-ended/registration";

/** Of every kind in the catalog; null for one that a person starts, of which there is nothing to register. */
const registrations = {
	manual: null,
	schedule: scheduleRegistration,
	webhook: webhookRegistration,
	alertmanager: alertmanagerRegistration,
	github: githubRegistration,
	gitlab: gitlabRegistration,
	event: eventRegistration,
	"workflow-ended": workflowEndedRegistration,
} satisfies Record<Trigger["type"], TriggerRegistration | null>;

/** How a trigger is registered; null for one that is not. */
export function registrationOf({ type }: Trigger): TriggerRegistration | null {
	return registrations[type] ?? null;
}

/** Whether a draft can wait for something to come to a trigger: to its address, or as an event. */
export function takesTestEvents(trigger: Trigger): boolean {
	return trigger.type === "event" || registrationOf(trigger)?.address !== undefined;
}
