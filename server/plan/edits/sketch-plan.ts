import { type Plan, planSchema } from "../plan";

type PlanInput = Parameters<typeof planSchema.parse>[0];

/** A plan for tests in a few characters: shell steps unless told otherwise, connections as `a>b` and `a.true>b`. */
export function sketchPlan(
	nodes: readonly (string | { id: string; [field: string]: unknown })[],
	edges: readonly string[] = [],
	rest: object = {},
): Plan {
	const input: PlanInput = {
		version: 1,
		nodes: nodes.map((node) => {
			const given = typeof node === "string" ? { id: node } : node;
			return { type: "shell", name: given.id, ...given };
		}),
		edges: edges.map((edge) => {
			const [, from, port = "out", to] = /^(\w+)(?:\.(.+))?>(\w+)$/.exec(edge) ?? [];
			return { from, port, to };
		}),
		...rest,
	};
	return planSchema.parse(input);
}
