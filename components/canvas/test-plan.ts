import { type Plan, planSchema } from "@/server/plan/plan";

type PlanInput = Parameters<typeof planSchema.parse>[0];

interface NodeInput {
	id: string;
	name?: string;
	type?: string;
	parent?: string;
	onFailure?: "stop" | "continue" | "branch";
	disabled?: boolean;
	timeoutSeconds?: number;
	position?: { x: number; y: number };
	config?: Record<string, unknown>;
}

/** A plan for tests: nodes are shell steps by default; `a>b` is an edge and `a.true>b` one from another port. */
export function testPlan(nodes: readonly (string | NodeInput)[], edges: readonly string[]): Plan {
	const input: PlanInput = {
		version: 1,
		nodes: nodes.map((node) => {
			const given = typeof node === "string" ? { id: node } : node;
			return { type: "shell", name: given.id, config: { command: "true" }, ...given };
		}),
		edges: edges.map((edge) => {
			const [source = "", to = ""] = edge.split(">");
			const [from = "", port = "out"] = source.split(".");
			return { from, port, to };
		}),
	};
	return planSchema.parse(input);
}
