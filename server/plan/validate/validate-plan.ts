import { checkFormFields } from "../form-values";
import { collectGuards } from "../graph/branch-guards";
import { enclosingContainers } from "../graph/index-plan";
import { orderPlan } from "../graph/plan-order";
import { type PlanContext, type PlanView, viewPlan } from "../graph/plan-view";
import type { Issue } from "../issue";
import type { Plan } from "../plan";
import { findLiteralSecrets, literalSecret } from "./find-literal-secrets";
import { checkConfig } from "./validate-config";
import { checkCycles, checkReach } from "./validate-flow";
import { checkPrompt } from "./validate-prompts";
import { checkReferences } from "./validate-references";
import { checkSettings } from "./validate-settings";
import { checkEdges, checkNodes } from "./validate-structure";
import { checkTriggers } from "./validate-triggers";

/**
 * Everything that is wrong with a plan, each issue at the node and field that causes it. Pure and quick enough to run
 * on every keystroke, the same in the browser and on the server. A plan with an error can be a draft, but neither
 * published nor run. Never throws; what comes from outside goes through `parsePlan` first.
 */
export function validatePlan(plan: Plan, context: PlanContext): Issue[] {
	const view = viewPlan(plan, context);
	const order = orderPlan(view.index);
	const guards = collectGuards(view, order);
	const issues = [
		...checkInputs(plan),
		...checkDefaults(plan),
		...checkSettings(view),
		...checkTriggers(plan),
		...checkNodes(view),
		...checkEdges(view),
		...checkCycles(order),
		...checkReach(view, order),
		...[...view.index.nodes.values()].flatMap(({ node }) => {
			const definition = view.definitionOf(node);
			if (!definition) return [];
			const { issues, references } = checkConfig(node.config, definition);
			return [
				...issues.map((issue) => ({ ...issue, nodeId: node.id })),
				...checkPrompt(view, node),
				...checkReferences({ view, order, guards, node }, references),
			];
		}),
	];
	return issues.map((issue) => (blocks(view, issue) ? issue : { ...issue, severity: "warning" }));
}

/** Problems of a step that is passed by keep nothing from running, unless the plan does not hold together with them. */
function blocks({ index }: PlanView, { nodeId, code }: Issue): boolean {
	if (nodeId === undefined || OF_THE_WHOLE.has(code)) return true;
	const node = index.nodes.get(nodeId)?.node;
	return !node?.disabled && !enclosingContainers(index, nodeId).some(({ disabled }) => disabled);
}

const OF_THE_WHOLE = new Set([
	...["duplicate_id", "unknown_parent", "parent_no_container", "parent_cycle", "too_deep"],
	...["cycle", "unknown_node", "self_edge", "crosses_container", "duplicate_edge"],
]);

function checkDefaults({ inputs }: Plan): Issue[] {
	return inputs.flatMap((input, index) =>
		typeof input.default === "string"
			? findLiteralSecrets(input.default).map((secret) => literalSecret(secret, `inputs.${index}.default`))
			: [],
	);
}

function checkInputs(plan: Plan): Issue[] {
	return checkFormFields(plan.inputs).map(({ index, key, message }) => ({
		severity: "error",
		field: `inputs.${index}.${key}`,
		code: "invalid_input",
		message,
	}));
}
