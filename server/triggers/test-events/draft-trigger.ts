import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { keyOfTrigger, type Trigger, takesTestEvents } from "../catalog";
import type { HookKind } from "../hooks/hook-kind";
import { hookKindOf } from "../hooks/hook-kinds";

/** A trigger of a draft that something from outside, or an event, starts. */
export interface DraftTrigger {
	trigger: Exclude<Trigger, { type: "manual" }>;
	kind: HookKind;
}

/** The trigger of a draft, by its id. Throws `not_found`, and `invalid` for one for which no test event can come. */
export function requireDraftTrigger({ triggers }: Plan, key: string): DraftTrigger {
	const trigger = triggers.find((each) => keyOfTrigger(each) === key);
	if (!trigger) throw new WeftError("not_found", `The draft has no trigger “${key}”. It may have been removed.`);
	const kind = hookKindOf(trigger.type);
	if (kind && takesTestEvents(trigger) && trigger.type !== "manual") return { trigger, kind };
	throw new WeftError("invalid", `No test event can come for “${key}”: test the draft by hand.`);
}
