import { catalog } from "../server/nodes/catalog";
import { BodyWalk } from "../server/plan/graph/body-walk";
import { indexPlan } from "../server/plan/graph/index-plan";
import { parsePlanJson } from "../server/plan/parse-plan";
import { type Plan, planSchema } from "../server/plan/plan";
import { validatePlan } from "../server/plan/validate/validate-plan";
import { median, report } from "./support/report";

/**
 * How long validation takes at 300 nodes: with every text new (`cold`), with every config a new object (`parsed`), as
 * in an editor after a change of one node (`edit`), and again without a change (`warm`). Each plan has its own texts.
 */
function makePlan(size: number, salt: string): Plan {
	const nodes = Array.from({ length: size }, (_, index) => {
		const before = `steps.n${Math.max(0, index - 1)}.output`;
		const shared = { id: `n${index}`, name: `Node ${index}`, position: { x: index * 10, y: 0 } };
		if (index === 0) return { ...shared, type: "shell", config: { command: "echo start" } };
		if (index % 3 === 0)
			return { ...shared, type: "condition", config: { when: `${before}.status == ${index} || "${salt}" == ""` } };
		if (index % 3 === 1)
			return { ...shared, type: "shell", config: { command: `echo {{ steps.n0.output.stdout }} # ${salt} ${index}` } };
		const url = `https://example.com/{{ steps.n0.output.stdout }}/${salt}/${index}`;
		return { ...shared, type: "http-request", config: { url, headers: { accept: `{{ ${before}.stdout }} ${salt}` } } };
	});
	const edges = nodes
		.slice(1)
		.map(({ id }, index) => ({ from: `n${index}`, port: index % 3 === 0 && index > 0 ? "true" : "out", to: id }));
	return planSchema.parse({ version: 1, nodes, edges });
}

function measure(times: number, run: (round: number) => () => unknown): number {
	const samples = Array.from({ length: times }, (_, round) => {
		const work = run(round);
		const start = performance.now();
		work();
		return performance.now() - start;
	});
	return median(samples);
}

function walk(plan: Plan): void {
	const body = new BodyWalk(indexPlan(plan));
	const queue = [...body.takeProgress().ready];
	for (const id of queue) queue.push(...body.settle(id, { status: "completed", port: "out" }).ready);
}

const context = { definitions: catalog };
const plan = makePlan(300, "plan");
const issues = validatePlan(plan, context);
const thousand = makePlan(1_000, "walk");
const line = { ...thousand, edges: thousand.edges.map((edge) => ({ ...edge, port: "out" })) };
const hostile = JSON.stringify({
	version: 1,
	nodes: [{ id: "a", type: "shell", name: "A", config: { command: "x".repeat(3_900_000) } }],
});

report("validate-plan", {
	nodes: 300,
	issues: issues.length,
	cold_ms: measure(21, (round) => {
		const fresh = makePlan(300, `salt${round}`);
		return () => validatePlan(fresh, context);
	}),
	parsed_ms: measure(21, () => {
		const copy = structuredClone(plan);
		return () => validatePlan(copy, context);
	}),
	edit_ms: measure(51, (round) => {
		const nodes = plan.nodes.map((node) =>
			node.id === "n4" ? { ...node, config: { command: `echo ${round}` } } : node,
		);
		return () => validatePlan({ ...plan, nodes }, context);
	}),
	warm_ms: measure(51, () => () => validatePlan(plan, context)),
	budget_ms: 5,
	walk_1000_nodes_ms: measure(11, () => () => walk(line)),
	refuse_hostile_ms: measure(5, () => () => parsePlanJson(hostile)),
});
