import { definitionOf } from "@/server/nodes/catalog";
import type { FormField } from "@/server/plan/form-field";
import { type Plan, type PlanNode, planSchema, triggerSchema } from "@/server/plan/plan";
import { asJson, type Json } from "@/server/plan/values/json";
import { outlineTrigger, type Trigger } from "@/server/triggers/catalog";
import { isPrivateName } from "./hide-private";
import { hidesSomething } from "./hides-something";
import type { ShareFilter } from "./share-filter";

/** What a link sends of a plan: what is drawn of it and, if it shows them, the settings of its steps. */
export function sharePlan(plan: Plan, filter: ShareFilter): Plan {
	const nodes = plan.nodes.map((node) => shareNode(node, filter));
	const { version, edges, settings, triggers } = plan;
	if (!filter.shows.settings)
		return planSchema.parse({ version, nodes, edges, triggers: triggers.map(outlineTrigger) });
	return {
		...{ version, nodes, edges },
		// What it may cost, and what it waits for, is the team's business.
		settings: { timeoutSeconds: settings.timeoutSeconds },
		inputs: plan.inputs.map((field) => filter.plan(withoutPrivateDefault(field))),
		triggers: triggers.map((trigger) => shareTrigger(trigger, filter)),
		notes: plan.notes.map((note) => ({ ...note, text: filter.plan(note.text) })),
	};
}

/** What a step is set to do; everything else of it is drawn, and leaves with every link. */
type Setting = "config" | "retry" | "timeoutSeconds";

function shareNode(node: PlanNode, filter: ShareFilter): PlanNode {
	const { id, type, onFailure, parent, join, disabled, position } = node;
	const drawn = { id, type, name: filter.plan(node.name), onFailure, join, position } satisfies Omit<PlanNode, Setting>;
	const shared = { ...drawn, ...(parent !== undefined && { parent }), ...(disabled !== undefined && { disabled }) };
	if (!filter.shows.settings) return { ...shared, config: definitionOf(type)?.outline?.(node.config) ?? {} };
	const { retry, timeoutSeconds } = node;
	return {
		...{ ...shared, config: filter.plan(withoutApprovers(node)) },
		...(retry && { retry }),
		...(timeoutSeconds !== undefined && { timeoutSeconds }),
	};
}

/** A part of what a link sends, by the name that its dialog gives it. */
export interface SentPart {
	title: string;
	value: Json;
}

/** All that a link sends of a plan beside what is drawn of it: as `sharePlan` has made it, nothing else leaves. */
export function listSentSettings({ nodes, inputs, triggers, notes, settings }: Plan): SentPart[] {
	return [
		...nodes.map(({ name, config, retry, timeoutSeconds }) => ({
			title: `Settings of ${name}`,
			value: asJson({ ...config, ...(retry && { retry }), ...(timeoutSeconds !== undefined && { timeoutSeconds }) }),
		})),
		...inputs.map((field) => ({ title: `Input ${field.name}`, value: asJson(field) })),
		...triggers
			.filter((trigger) => Object.keys(trigger).length > 1)
			.map((trigger) => ({ title: "Trigger", value: asJson(trigger) })),
		...notes.map(({ text }) => ({ title: "Note", value: text })),
		{ title: "Settings of the workflow", value: asJson(settings) },
	];
}

/** What holds something that is hidden is left out, as if it had not been set up yet: whoever clones it can read the rest. */
function shareTrigger(trigger: Trigger, filter: ShareFilter): Trigger {
	const shown = Object.entries(filter.plan(trigger)).filter(([, value]) => !hidesSomething(value));
	const read = triggerSchema.safeParse(Object.fromEntries(shown));
	return read.data ?? triggerSchema.parse(outlineTrigger(trigger));
}

/** Whoever clones it is asked for a password instead of being given one. */
function withoutPrivateDefault(field: FormField): FormField {
	if (!isPrivateName(field.name)) return field;
	const { default: _, ...asked } = field;
	return asked;
}

/** Those who may decide are people of the team, who mean nothing elsewhere. */
function withoutApprovers({ config }: PlanNode): PlanNode["config"] {
	return Object.hasOwn(config, "approvers") ? { ...config, approvers: [] } : config;
}
