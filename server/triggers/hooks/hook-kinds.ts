import { alertmanagerHook } from "../alertmanager/hook";
import type { Trigger } from "../catalog";
import { eventHook } from "../event/hook";
import { githubHook } from "../github/hook";
import { gitlabHook } from "../gitlab/hook";
import { webhookHook } from "../webhook/hook";
import { workflowEndedHook } from "../workflow-ended/hook";
import type { HookKind } from "./hook-kind";

/** Of every kind in the catalog, those included that Weft itself tells; null for one that nothing is told. */
export const hookKinds = {
	manual: null,
	schedule: null,
	webhook: webhookHook,
	alertmanager: alertmanagerHook,
	github: githubHook,
	gitlab: gitlabHook,
	event: eventHook,
	"workflow-ended": workflowEndedHook,
} satisfies Record<Trigger["type"], HookKind | null>;

/** How requests start a trigger; null for one that they do not start. */
export function hookKindOf(type: Trigger["type"]): HookKind | null {
	return hookKinds[type] ?? null;
}
