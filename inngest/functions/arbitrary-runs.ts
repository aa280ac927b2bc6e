import fc from "fast-check";
import type { NodeId, Plan, PlanNode, PortName } from "@/server/plan/plan";
import { planSchema } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";

/** Plans for property tests that are really run: quick, and with one way to go whatever the order of what runs at once. */

const WEIGHTS = { step: 6, fail: 1, condition: 2, switch: 1, delay: 1, approval: 1, loop: 3, "for-each": 1 } as const;
type Kind = keyof typeof WEIGHTS;
const KINDS: readonly Kind[] = ["step", "fail", "condition", "switch", "delay", "approval", "loop", "for-each"];

interface Draft {
	kind: Kind;
	/** Which of the containers so far the node stands in; the plan itself when there is none of this number. */
	home: number;
	/** Connections from the siblings so many places before, by which of their exits. */
	from: readonly [back: number, exit: number][];
	/** What makes one of its kind differ from another. */
	roll: number;
	onFailure: PlanNode["onFailure"];
	join: PlanNode["join"];
	disabled: boolean;
}

const draft: fc.Arbitrary<Draft> = fc.record({
	kind: fc.oneof(...KINDS.map((kind) => ({ arbitrary: fc.constant(kind), weight: WEIGHTS[kind] }))),
	home: fc.nat({ max: 3 }),
	from: fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 })), { maxLength: 3, selector: String }),
	roll: fc.nat({ max: 3 }),
	onFailure: fc.constantFrom(
		"continue" as const,
		"branch" as const,
		"continue" as const,
		"branch" as const,
		"stop" as const,
	),
	join: fc.constantFrom("all" as const, "all" as const, "any" as const),
	disabled: fc.nat({ max: 9 }).map((roll) => roll === 0),
});

interface RunOptions {
	/** Kinds of nodes that the plans must not have. */
	without?: readonly Kind[];
	/**
	 * Whether nothing depends on which of two steps ends first: nodes that stop their body at a failure stand in bodies
	 * that are walked one after the other.
	 */
	isOrdered?: boolean;
}

export function arbitraryRun({ without = [], isOrdered = false }: RunOptions = {}): fc.Arbitrary<Plan> {
	const kinds = draft.filter(({ kind }) => !without.includes(kind));
	const drafts = fc.oneof(
		fc.array(kinds, { minLength: 2, maxLength: 8 }),
		fc.array(kinds, { maxLength: 6 }).map((more) => [...COUNTING_LOOP, ...more]),
	);
	return drafts.map((all) => buildPlan(isOrdered ? all.map(inOrder) : all));
}

const plain = { home: 9, from: [], roll: 3, onFailure: "continue", join: "all", disabled: false } as const;
/** Rare by chance alone, and what has most to lose. */
const COUNTING_LOOP: readonly Draft[] = [
	{ ...plain, kind: "loop" },
	{ ...plain, kind: "step", home: 0 },
];

function inOrder(node: Draft, index: number, drafts: readonly Draft[]): Draft {
	const containers = drafts.slice(0, index).filter(({ kind }) => isContainer(kind)).length;
	if (node.home >= containers) return { ...node, onFailure: node.onFailure === "stop" ? "branch" : node.onFailure };
	return { ...node, join: "all", from: [[0, node.roll % 3], ...node.from.filter(([back]) => back > 0)] };
}

function buildPlan(drafts: readonly Draft[]): Plan {
	const nodes: (Partial<PlanNode> & { id: NodeId; type: string })[] = [];
	const edges: object[] = [];
	const containers: NodeId[] = [];
	const bodies = new Map<NodeId | undefined, NodeId[]>();
	for (const [index, { kind: drafted, home, from, ...rest }] of drafts.entries()) {
		const id = `n${index}`;
		const parent = containers[home];
		// Three containers in each other would run for hundreds of iterations.
		const isInner = nodes.some((node) => node.id === parent && node.parent !== undefined);
		const kind = isInner && isContainer(drafted) ? "step" : drafted;
		const siblings = bodies.get(parent) ?? [];
		for (const [back, exit] of from) {
			const source = nodes.find((node) => node.id === siblings.at(-1 - back));
			if (source) edges.push({ from: source.id, port: exitsOf(source.type)[exit] ?? "out", to: id });
		}
		bodies.set(parent, [...siblings, id]);
		const { onFailure, join, disabled, roll } = rest;
		const type = TYPES[kind];
		nodes.push({ id, name: id, type, onFailure, join, disabled, ...(parent && { parent }), ...configOf(kind, roll) });
		if (isContainer(kind)) containers.push(id);
	}
	return planSchema.parse({ version: 1, nodes: nodes.map((node) => withVariables(node, nodes)), edges });
}

function isContainer(kind: Kind): boolean {
	return kind === "loop" || kind === "for-each";
}

const TYPES = {
	step: "transform",
	fail: "shell",
	condition: "condition",
	switch: "switch",
	delay: "delay",
	approval: "approval",
	loop: "loop",
	"for-each": "for-each",
} as const satisfies Record<Kind, string>;

function exitsOf(type: string): PortName[] {
	if (type === "condition") return ["true", "false", "true"];
	if (type === "switch") return ["case:a", "case:b", "else"];
	if (type === "approval") return ["approved", "declined", "approved"];
	return ["out", "error", "out"];
}

function configOf(kind: Kind, roll: number): { config: JsonObject; retry?: PlanNode["retry"] } {
	switch (kind) {
		case "step":
			return { config: { code: `return Math.min(input.n + 1, ${roll + 1})`, input: { n: 0 } } };
		case "fail":
			return {
				config: { command: "exit 3" },
				retry: { maxAttempts: 1 + (roll % 2), backoff: "fixed", delaySeconds: 0, jitter: false },
			};
		case "condition":
			return { config: { when: roll % 2 === 0 ? "1 < 2" : "1 > 2" } };
		case "switch":
			return {
				config: {
					cases: [
						{ name: "a", when: roll % 3 === 0 ? "true" : "false" },
						{ name: "b", when: roll % 3 === 1 ? "true" : "false" },
					],
				},
			};
		case "delay":
			return { config: { seconds: roll / 100 } };
		case "approval":
			return { config: { message: "Go on?" } };
		case "loop":
			return { config: { maxIterations: roll + 1 } };
		case "for-each":
			return {
				config: {
					items: Array.from({ length: roll }, (_, n) => n),
					parallel: 1 + (roll % 2),
					onItemFailure: roll % 2 === 0 ? "stop" : "continue",
					// One after the other, so that the items that begin are always the same.
					...(roll === 2 && { stopWhen: "item == 0" }),
				},
			};
	}
}

/** A loop counts by the first step in it, and stops when that no longer changes; the step reads what the loop counts. */
function withVariables<Node extends { id: NodeId; type: string; parent?: NodeId; config?: JsonObject }>(
	node: Node,
	nodes: readonly Node[],
): Node {
	if (node.type === "loop") {
		const counter = nodes.find(
			({ parent, type, config }) => parent === node.id && type === "transform" && reads(config),
		);
		if (counter === undefined) return node;
		const vars = { n: 0, previous: -1 };
		const next = { previous: "{{ vars.n }}", n: `{{ steps.${counter.id}.output }}` };
		// Never ahead of the iteration, unless the variables of a later one are read.
		const stopWhen = "vars.n == vars.previous || vars.n > iteration.index";
		return { ...node, config: { ...node.config, maxIterations: 4, vars, next, stopWhen } };
	}
	const home = nodes.find(({ id }) => id === node.parent);
	if (home?.type !== "loop" || node.type !== "transform" || !reads(node.config)) return node;
	const hasCounter = withVariables(home, nodes) !== home;
	return hasCounter ? { ...node, config: { ...node.config, input: { n: "{{ vars.n }}" } } } : node;
}

function reads(config: JsonObject | undefined): boolean {
	return typeof config?.code === "string" && config.code.includes("input.n");
}
