import type { NodeDefinition } from "../node-definition";
import type { NodeId, Plan, PlanNode, PortName } from "../plan";
import type { JsonObject } from "../values/json";
import { createSuggest, type Suggest } from "../values/suggest";
import { indexPlan, nameOfNode, type PlanIndex } from "./index-plan";
import { portsOfNode } from "./ports-of-node";

/** A prompt of the library, as far as the steps that use it are checked. */
export interface KnownPrompt {
	readonly name: string;
	readonly formerNames: readonly string[];
	/** The latest. */
	readonly version: number;
	/** The JSON schema of the latest version’s variables. */
	readonly variables: JsonObject;
	/** The same of earlier versions, as far as they are known here. */
	readonly earlier?: Readonly<Record<number, JsonObject>>;
}

/** What a plan is checked against. */
export interface PlanContext {
	/** The catalog: every type of step that a plan may use. */
	readonly definitions: Readonly<Record<string, NodeDefinition>>;
	/** What references to secrets may read: `NAME`, and `NAME.part`. Without it they are not checked. */
	readonly credentials?: readonly string[];
	/** The prompts of the library that its steps may use. Without them they are not checked. */
	readonly prompts?: readonly KnownPrompt[];
}

/** A plan with all that its checks look up again and again. */
export interface PlanView extends PlanContext {
	readonly plan: Plan;
	readonly index: PlanIndex;
	definitionOf(node: PlanNode): NodeDefinition | undefined;
	portsOf(node: PlanNode): readonly PortName[];
	/** What a wrong word was meant to be. */
	readonly suggest: Suggest;
}

export function viewPlan(plan: Plan, context: PlanContext): PlanView {
	const ports = new Map<PlanNode, readonly PortName[]>();
	const definitionOf = ({ type }: PlanNode) =>
		Object.hasOwn(context.definitions, type) ? context.definitions[type] : undefined;
	return {
		...context,
		plan,
		index: indexPlan(plan),
		definitionOf,
		suggest: createSuggest(),
		portsOf(node) {
			const known = ports.get(node) ?? portsOfNode(node, definitionOf(node));
			ports.set(node, known);
			return known;
		},
	};
}

/** `“Build”` */
export function quote(name: string): string {
	return `“${name}”`;
}

/** A node's name in quotes, as it is shown on the canvas. */
export function nameOf(view: PlanView, id: NodeId): string {
	return quote(nameOfNode(view.index, id));
}
