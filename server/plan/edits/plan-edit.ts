import type { NodeDefinition } from "../node-definition";
import type { Plan } from "../plan";

/** What a person does to a plan, as a function: pure, and the very same plan (`===`) where it changes nothing. */
export type PlanEdit = (plan: Plan) => Plan;

/** Why an edit cannot be made: a few words for a label, and a sentence that says what to do instead. */
export interface Refusal {
	title: string;
	detail: string;
}

/** The catalog that edits look types up in. */
export type Definitions = Readonly<Record<string, NodeDefinition>>;

export function definitionIn(definitions: Definitions, type: string): NodeDefinition | undefined {
	return Object.hasOwn(definitions, type) ? definitions[type] : undefined;
}
