import { alertmanagerRegistration } from "./alertmanager/registration";
import type { Trigger } from "./catalog";
import { scheduleRegistration } from "./schedule/registration";
import type { TriggerRegistration } from "./trigger-registration";
import { webhookRegistration } from "./webhook/registration";

/** Of every kind in the catalog; null for one that a person starts, of which there is nothing to register. */
const registrations = {
	manual: null,
	schedule: scheduleRegistration,
	webhook: webhookRegistration,
	alertmanager: alertmanagerRegistration,
} satisfies Record<Trigger["type"], TriggerRegistration | null>;

/** How a trigger is registered; null for one that is not. */
export function registrationOf({ type }: Trigger): TriggerRegistration | null {
	return registrations[type] ?? null;
}
