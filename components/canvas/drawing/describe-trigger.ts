import { type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";

/** What the canvas shows of a trigger: what starts a run, and what it brings. */
export interface TriggerLook {
	type: string;
	icon: string;
	title: string;
	summary: string;
}

/** @param inputs how many fields the form has that it may fill in */
export function describeTrigger(trigger: Trigger, inputs: number): TriggerLook {
	const { type } = trigger;
	const definition = triggerDefinitionOf(type);
	return {
		type,
		icon: definition?.icon ?? "mouse-pointer-click",
		title: definition?.title ?? type,
		summary: definition?.summary(trigger, inputs) ?? "",
	};
}

/** What started a run: its icon, and what is said of it. */
export interface TriggerCause {
	icon: string;
	name: string;
}

/** @param trigger a type, or what starts a run without being one, as a step of another workflow does, or a try */
export function describeCause(trigger: string): TriggerCause {
	if (trigger === "workflow") return { icon: "workflow", name: "By another workflow" };
	const definition = triggerDefinitionOf(trigger);
	return { icon: definition?.icon ?? "mouse-pointer-click", name: definition?.cause ?? trigger };
}
