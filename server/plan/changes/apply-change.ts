import { keyOfTrigger } from "@/server/triggers/catalog";
import { edgeKey } from "../edits/edge-key";
import { removeNodes } from "../edits/remove-nodes";
import { type Plan, type PlanNode, planNodeSchema } from "../plan";
import type { JsonObject } from "../values/json";
import type { PlanChange } from "./plan-change";

/** Why a change cannot be made, for whoever wrote it. */
export class ChangeRefused extends Error {}

/** Makes a change; one that is there already changes nothing. Throws `ChangeRefused`. */
export function applyChange(plan: Plan, change: PlanChange): Plan {
	switch (change.do) {
		case "step":
			return setStep(plan, change);
		case "remove":
			return removeNodes(plan, [change.id]);
		case "connect": {
			const known = plan.edges.some((edge) => edgeKey(edge) === edgeKey(change.edge));
			return known ? plan : { ...plan, edges: [...plan.edges, change.edge] };
		}
		case "disconnect":
			return { ...plan, edges: plan.edges.filter((edge) => edgeKey(edge) !== edgeKey(change.edge)) };
		case "trigger":
			return { ...plan, triggers: put(plan.triggers, change.trigger, keyOfTrigger) };
		case "remove-trigger":
			return { ...plan, triggers: plan.triggers.filter((trigger) => keyOfTrigger(trigger) !== change.id) };
		case "input":
			return { ...plan, inputs: put(plan.inputs, change.input, ({ name }) => name) };
		case "remove-input":
			return { ...plan, inputs: plan.inputs.filter(({ name }) => name !== change.name) };
		case "settings":
			return { ...plan, settings: { ...plan.settings, ...change.settings } };
	}
}

/** Makes all that can be made: what was meant for a plan that somebody has changed meanwhile may not fit it. */
export function applyChanges(plan: Plan, changes: readonly PlanChange[]): Plan {
	return changes.reduce((before, change) => {
		try {
			return applyChange(before, change);
		} catch (error) {
			if (error instanceof ChangeRefused) return before;
			throw error;
		}
	}, plan);
}

type StepChange = Extract<PlanChange, { do: "step" }>;

function setStep(plan: Plan, change: StepChange): Plan {
	const known = plan.nodes.find(({ id }) => id === change.id);
	const type = change.type ?? known?.type;
	if (type === undefined)
		throw new ChangeRefused(`There is no step “${change.id}”. Name the type of a step that is new.`);
	const { do: _, config, ...fields } = change;
	const before = known ?? { id: change.id, name: nameFrom(change.id) };
	const kept = known?.type === type ? known.config : {};
	const node = planNodeSchema.parse(withoutNulls({ ...before, ...fields, type, config: setFields(kept, config) }));
	return { ...plan, nodes: put(plan.nodes, node, ({ id }) => id) };
}

function setFields(before: JsonObject, fields: JsonObject = {}): JsonObject {
	return Object.fromEntries(Object.entries({ ...before, ...fields }).filter(([, value]) => value !== null));
}

function withoutNulls(node: object): Partial<PlanNode> {
	return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== null && value !== undefined));
}

/** `fetch_page`: `Fetch page` */
function nameFrom(id: string): string {
	const words = id.replaceAll("_", " ");
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function put<Item>(items: readonly Item[], item: Item, keyOf: (item: Item) => string): Item[] {
	const at = items.findIndex((each) => keyOf(each) === keyOf(item));
	return at < 0 ? [...items, item] : items.with(at, item);
}
