import type { z } from "zod";
import { alertmanagerDefinition } from "./alertmanager/definition";
import { eventDefinition } from "./event/definition";
import { githubDefinition } from "./github/definition";
import { gitlabDefinition } from "./gitlab/definition";
import { manualDefinition } from "./manual/definition";
import { scheduleDefinition } from "./schedule/definition";
import type { TriggerDefinition } from "./trigger-definition";
import { webhookDefinition } from "./webhook/definition";
import { workflowEndedDefinition } from "./workflow-ended/definition";

/** Every kind of trigger, in the order in which screens offer them. */
export const triggerCatalog = {
	manual: manualDefinition,
	schedule: scheduleDefinition,
	webhook: webhookDefinition,
	alertmanager: alertmanagerDefinition,
	github: githubDefinition,
	gitlab: gitlabDefinition,
	event: eventDefinition,
	"workflow-ended": workflowEndedDefinition,
} satisfies Record<string, TriggerDefinition>;

type TriggerType = keyof typeof triggerCatalog;

/** A trigger as a plan holds it. */
export type Trigger = z.infer<(typeof triggerCatalog)[TriggerType]["config"]>;

/** What starts a workflow that does not say what does. */
export const DEFAULT_TRIGGERS: readonly [Trigger] = [{ type: "manual" }];

export function isTriggerType(type: string): type is TriggerType {
	return Object.hasOwn(triggerCatalog, type);
}

/** The definition of a trigger's type; undefined for what is none, as the `try` of a run that tries a step. */
export function triggerDefinitionOf(type: string): TriggerDefinition | undefined {
	return listTriggerDefinitions().find((definition) => definition.type === type);
}

/** The name of a trigger in its plan: its id, or its type for a kind that a plan has once. */
export function keyOfTrigger(trigger: Trigger): string {
	return "id" in trigger ? trigger.id : trigger.type;
}

/** A trigger as drawings show it, without what they do not. */
export function outlineTrigger(trigger: Trigger): unknown {
	return triggerDefinitionOf(trigger.type)?.outline?.(trigger) ?? trigger;
}

/** All of them, for screens that list what may be added. */
export function listTriggerDefinitions(): (typeof triggerCatalog)[TriggerType][] {
	return Object.values(triggerCatalog);
}

/** Whether a draft can wait for something to come to a trigger: to its address, or as an event. */
export function takesTestEvents({ type }: Trigger): boolean {
	const definition = triggerDefinitionOf(type);
	return definition?.takesTestEvents ?? definition?.address !== undefined;
}

/** How runs start, within a sentence: `by hand, with a form`. */
export function startsOf(triggers: readonly Trigger[], inputs: number): string {
	const ways = triggers.flatMap((trigger) => triggerDefinitionOf(trigger.type)?.starts(trigger, inputs) ?? []);
	return ways.length === 0 ? "by nothing yet" : [...new Set(ways)].join(" or ");
}
