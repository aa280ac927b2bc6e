import type { Issue } from "../issue";
import { type PlanNode, planSchema } from "../plan";
import { testDefinitions } from "../test-definitions";
import { validatePlan } from "./validate-plan";

type Nodes = readonly (string | Partial<PlanNode>)[];

/** The issues of a plan of these nodes: shells unless they say otherwise; `a.true -> b` is a connection. */
export function checkPlan(nodes: Nodes, edges?: readonly string[], rest?: object): Issue[] {
	const credentials = ["github_token", "db", "db.host", "db.port", "login.user", "login.password"];
	return validatePlan(planOf(nodes, edges, rest), { definitions: testDefinitions, credentials });
}

/** `cycle b edges`: what is wrong and where. */
export function brief(issues: readonly Issue[]): string[] {
	return issues.map(({ nodeId, field, code }) => [code, nodeId, field].filter(Boolean).join(" "));
}

export function shellNode(id: string, command: string, rest: Partial<PlanNode> = {}): Partial<PlanNode> {
	return { id, config: { command }, ...rest };
}

const noConfig = { shell: { command: "ls" }, condition: { when: "true" } };

function planOf(nodes: Nodes, edges: readonly string[] = [], rest: object = {}) {
	const full = nodes.map((node) => (typeof node === "string" ? { id: node } : node));
	return planSchema.parse({
		version: 1,
		nodes: full.map((node) => {
			const type = node.type ?? "shell";
			return {
				name: node.id?.toUpperCase(),
				type,
				config: type === "shell" || type === "condition" ? noConfig[type] : {},
				...node,
			};
		}),
		edges: edges.map((text) => {
			const [from = "", to] = text.split(" -> ");
			const [id, port = "out"] = from.split(".");
			return { from: id, port, to };
		}),
		...rest,
	});
}
