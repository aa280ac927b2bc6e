import { type Plan, planSchema } from "./plan";

export interface TestStep {
	id: string;
	[field: string]: unknown;
}

/** A step of a test's plan: a shell step that is called by its id, unless it says otherwise. */
export type TestNode = string | TestStep;

/** `a -> b`, or `a.true -> b` from another port than `out`; for short `a>b` and `a.true>b`. */
export type TestEdge = string | { from: string; port?: string; to: string };

/** A plan for tests. @param rest other fields of it: `inputs`, `settings`, `notes`, … */
export function testPlan(nodes: readonly TestNode[], edges: readonly TestEdge[] = [], rest: object = {}): Plan {
	return planSchema.parse({ version: 1, nodes: nodes.map(nodeOf), edges: edges.map(edgeOf), ...rest });
}

export function step(id: string, type: string, config: object, more: object = {}): TestStep {
	return { id, type, config, ...more };
}

export function shell(id: string, command = "true", more: object = {}): TestStep {
	return step(id, "shell", { command }, more);
}

export function transform(id: string, code: string, input: object = {}, more: object = {}): TestStep {
	return step(id, "transform", { code, input }, more);
}

/** The edges that connect these nodes one after the other. */
export function inLine(...ids: string[]): string[] {
	return ids.slice(1).map((to, index) => `${ids[index]} -> ${to}`);
}

const VALID_CONFIGS = new Map<unknown, object>([
	["shell", { command: "true" }],
	["condition", { when: "true" }],
]);

function nodeOf(given: TestNode): object {
	const node = typeof given === "string" ? { id: given } : given;
	const { type = "shell" } = node;
	return { name: node.id, type, config: VALID_CONFIGS.get(type), ...node };
}

function edgeOf(given: TestEdge): object {
	if (typeof given !== "string") return given;
	const [, from, port = "out", to] = /^(\w+)(?:\.(.+?))? ?-?> ?(\w+)$/.exec(given) ?? [];
	return { from, port, to };
}
