import fc from "fast-check";
import type { Edge, NodeId, Plan, PlanNode } from "./plan";
import { planSchema } from "./plan";

/** Plans for property tests. */

const nodeId = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const text = fc.oneof(
	fc.string({ unit: "binary", maxLength: 12 }).filter((value) => value.isWellFormed() && !value.includes("\0")),
	fc.string({
		unit: fc.constantFrom(
			"a",
			" ",
			"\n",
			"\t",
			":",
			"-",
			"#",
			"'",
			'"',
			"{",
			"[",
			"*",
			"&",
			"!",
			"%",
			"|",
			">",
			"\\",
			"\r\n",
			"é",
			"1",
		),
	}),
	fc.constantFrom(
		"yes",
		"null",
		"~",
		"1e3",
		"0x10",
		".nan",
		"2026-01-01",
		"<<",
		"- a",
		"true",
		"1_000",
		"---",
		"...",
		"=",
		"@a",
	),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		text,
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie("value"), { maxLength: 3 }),
		fc.dictionary(key(), tie("value"), { maxKeys: 3 }),
	),
})).value;

function key() {
	return text.filter((value) => !["__proto__", "constructor", "prototype"].includes(value));
}

const position = fc.record({ x: fc.integer({ min: -5_000, max: 5_000 }), y: fc.integer({ min: -5_000, max: 5_000 }) });

/** Any plan whose shape is right, whatever it says: unknown types, dangling connections and all. */
export const anyPlan: fc.Arbitrary<Plan> = fc
	.record({
		version: fc.constant(1),
		inputs: fc.array(
			fc.oneof(
				fc.record({
					type: fc.constant("text"),
					name: nodeId,
					required: fc.boolean(),
					default: fc.option(text, { nil: undefined }),
				}),
				fc.record({ type: fc.constant("json"), name: nodeId, default: fc.option(json, { nil: undefined }) }),
			),
			{ maxLength: 2 },
		),
		triggers: fc.array(fc.constant({ type: "manual" }), { maxLength: 2 }),
		nodes: fc.array(
			fc.record({
				id: nodeId,
				type: fc.string({ minLength: 1, maxLength: 8 }).filter(isText),
				name: text.filter((value) => value.length > 0),
				config: fc.dictionary(key(), json, { maxKeys: 4 }),
				retry: fc.option(fc.record({ maxAttempts: fc.integer({ min: 1, max: 20 }), jitter: fc.boolean() }), {
					nil: undefined,
				}),
				timeoutSeconds: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
				onFailure: fc.constantFrom("stop", "continue", "branch"),
				join: fc.constantFrom("all", "any"),
				disabled: fc.option(fc.boolean(), { nil: undefined }),
				parent: fc.option(nodeId, { nil: undefined }),
				position,
			}),
			{ maxLength: 4 },
		),
		edges: fc.array(
			fc.record({
				from: nodeId,
				port: fc.oneof(
					fc.constantFrom("out", "true", "case:a b"),
					text.filter((value) => value.length > 0),
				),
				to: nodeId,
			}),
			{
				maxLength: 4,
			},
		),
		notes: fc.array(fc.record({ id: nodeId, text, position, width: fc.integer({ min: 80, max: 1_200 }) }), {
			maxLength: 2,
		}),
		settings: fc.record({
			timeoutSeconds: fc.constantFrom(86_400, 60),
			concurrency: fc.option(
				fc.record({ limit: fc.integer({ min: 1, max: 9 }), policy: fc.constantFrom("queue", "skip") }),
				{ nil: undefined },
			),
			budgetUsd: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
		}),
	})
	.map((plan) => planSchema.parse(JSON.parse(JSON.stringify(plan))));

function isText(value: string): boolean {
	return value.isWellFormed() && !value.includes("\0");
}

const PORTS = ["out", "true", "false", "error"];

/**
 * Plans that can run: acyclic bodies, containers inside containers, every kind of join, failure and exit. Connections go
 * from an earlier to a later node of the same body, so that arms of unequal length, diamonds and skips all occur.
 */
export const runnablePlan: fc.Arbitrary<Plan> = fc
	.array(
		fc.record({
			/** Which of the containers so far the node stands in; the plan itself when there is none of this number. */
			home: fc.nat({ max: 5 }),
			isContainer: fc.boolean(),
			onFailure: fc.constantFrom("stop" as const, "continue" as const, "branch" as const),
			join: fc.constantFrom("all" as const, "any" as const),
			disabled: fc.nat({ max: 9 }).map((roll) => roll === 0),
			/** Connections from the siblings this many places before. */
			from: fc.uniqueArray(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom(...PORTS)), {
				maxLength: 3,
				selector: ([back, port]) => `${back}${port}`,
			}),
		}),
		{ minLength: 1, maxLength: 18 },
	)
	.map((drafts) => {
		const nodes: Partial<PlanNode>[] = [];
		const edges: Edge[] = [];
		const containers: NodeId[] = [];
		const bodies = new Map<NodeId | undefined, NodeId[]>();
		for (const [index, { home, isContainer, from, ...draft }] of drafts.entries()) {
			const id = `n${index}`;
			const parent = containers[home];
			const siblings = bodies.get(parent) ?? [];
			for (const [back, port] of from) {
				const source = siblings.at(-1 - back);
				if (source !== undefined) edges.push({ from: source, port, to: id });
			}
			bodies.set(parent, [...siblings, id]);
			nodes.push({
				id,
				name: id,
				type: isContainer ? "loop" : "shell",
				...(parent !== undefined && { parent }),
				...draft,
			});
			if (isContainer) containers.push(id);
		}
		return planSchema.parse({ version: 1, nodes, edges });
	});
