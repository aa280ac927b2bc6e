import { type Plan, type PlanNode, planSchema } from "./plan";

/** A step of a test's plan: a shell step that is called by its id, unless it says otherwise. */
export type TestNode = string | ({ id: string; config?: object } & Partial<Omit<PlanNode, "id" | "config">>);

/**
 * A plan for tests.
 * @param edges `a -> b`, or `a.true -> b` from another port than `out`; `a>b` and `a.true>b` for short
 * @param rest other fields of the plan: `inputs`, `settings`, `notes`, …
 */
export function testPlan(nodes: readonly TestNode[], edges: readonly string[] = [], rest: object = {}): Plan {
	return planSchema.parse({ version: 1, nodes: nodes.map(nodeOf), edges: edges.map(edgeOf), ...rest });
}

function nodeOf(given: TestNode): object {
	const node = typeof given === "string" ? { id: given } : given;
	const { type = "shell" } = node;
	return { type, name: node.id, ...(type === "shell" && { config: { command: "true" } }), ...node };
}

function edgeOf(text: string): object {
	const [, from, port, to] = /^(\w+)(?:\.(.+?))? ?-?> ?(\w+)$/.exec(text) ?? [];
	return { from, ...(port !== undefined && { port }), to };
}
