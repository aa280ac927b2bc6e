import { type NodeId, type Plan, type PlanNode, planNodeSchema } from "../plan";
import { isSameJson } from "../values/same-json";
import { changeNodes } from "./change-nodes";
import { cleanText } from "./clean-json";

/** What the inspector edits of a step beside its config. */
const fieldsSchema = planNodeSchema
	.pick({ name: true, retry: true, timeoutSeconds: true, onFailure: true, join: true, disabled: true })
	.partial();

/** A field that is given as `undefined` is removed: no retries, no timeout. */
export type NodeFields = Partial<
	Pick<PlanNode, "name" | "retry" | "timeoutSeconds" | "onFailure" | "join" | "disabled">
>;

/** Why fields cannot be written, field by field; empty when they can. For the forms that edit them. */
export function explainFields(fields: NodeFields): { field: string; message: string }[] {
	const { error } = fieldsSchema.safeParse(fields);
	return (error?.issues ?? []).map(({ path, message }) => ({ field: path.join("."), message }));
}

/** Writes fields of one or more steps. What `explainFields` refuses leaves the plan as it is. */
export function setNodeFields(plan: Plan, ids: Iterable<NodeId>, fields: NodeFields): Plan {
	if (explainFields(fields).length > 0) return plan;
	const name = fields.name === undefined ? undefined : cleanText(fields.name);
	if (name === "") return plan;
	const clean = withoutDefaults(fields);
	return changeNodes(plan, ids, (node) => {
		const changed = withoutUndefined({ ...node, ...clean, name: name ?? node.name });
		return isSameJson(changed, node) ? node : changed;
	});
}

/** A step is enabled, joins all and stops on failure unless it says otherwise. */
function withoutDefaults(fields: NodeFields): NodeFields {
	const { disabled, join, onFailure } = fields;
	return {
		...fields,
		...("disabled" in fields && { disabled: disabled || undefined }),
		...("join" in fields && { join: join ?? "all" }),
		...("onFailure" in fields && { onFailure: onFailure ?? "stop" }),
	};
}

function withoutUndefined(node: PlanNode): PlanNode {
	const { retry, timeoutSeconds, disabled, parent, ...rest } = node;
	return {
		...rest,
		...(retry && { retry }),
		...(timeoutSeconds !== undefined && { timeoutSeconds }),
		...(disabled !== undefined && { disabled }),
		...(parent !== undefined && { parent }),
	};
}
