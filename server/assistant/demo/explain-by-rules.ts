import { catalog, isNodeType } from "@/server/nodes/catalog";
import { countOf } from "@/server/nodes/summary-text";
import { type GraphNode, indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import { orderPlan } from "@/server/plan/graph/plan-order";
import type { Plan } from "@/server/plan/plan";
import { lowerFirst } from "@/server/plan/values/lower-first";
import { startsOf } from "@/server/triggers/catalog";

/** Beyond so many steps the rest is counted. */
const MAX_STEPS = 30;

/** What a workflow does, a line for each step, from the plan alone. */
export function explainByRules(plan: Plan): string[] {
	const index = indexPlan(plan);
	const { sorted } = orderPlan(index);
	const shown = sorted.filter(({ parent }) => parent === "" || index.nodes.has(parent));
	const outer = shown.filter(({ parent }) => parent === "");
	const lines = outer.slice(0, MAX_STEPS).map((entry) => explainStep(entry, index));
	const rest = outer.length - lines.length;
	const budget = plan.settings.budgetUsd === undefined ? [] : [`It may cost ${plan.settings.budgetUsd} $ at most.`];
	return [
		`It starts ${startsOf(plan.triggers, plan.inputs.length)}${describeInputs(plan)}.`,
		...(plan.nodes.length === 0 ? ["It has no steps yet."] : lines),
		...(rest > 0 ? [`And ${countOf(rest, "further step")}.`] : []),
		...budget,
		"This is the demo: it reads the plan by rules. A model’s key explains in words what it is for.",
	];
}

function describeInputs({ inputs }: Plan): string {
	return inputs.length === 0 ? "" : `, and asks for ${inputs.map(({ name, label }) => label ?? name).join(", ")}`;
}

function explainStep(entry: GraphNode, index: PlanIndex): string {
	const { node, outgoing, incoming } = entry;
	const definition = isNodeType(node.type) ? catalog[node.type] : undefined;
	const what = definition ? `${lowerFirst(definition.title)}, ${definition.summary(node.config)}` : node.type;
	const inside = index.bodies.get(node.id) ?? [];
	const body = inside.length === 0 ? "" : ` Inside: ${inside.map(({ id }) => `[${id}]`).join(", ")}.`;
	const ports = new Set(outgoing.map(({ port }) => port));
	const ways = [...ports].map((port) => {
		const to = outgoing.filter((edge) => edge.port === port).map((edge) => `[${edge.to}]`);
		return port === "out" ? `then ${to.join(" and ")}` : `${describePort(port)} ${to.join(" and ")}`;
	});
	const begin = incoming.length === 0 ? "First " : "";
	const end = ways.length === 0 ? "" : `; ${ways.join("; ")}`;
	const retry = node.retry ? ` It is tried ${countOf(node.retry.maxAttempts, "time")} at most.` : "";
	const failure = node.onFailure === "continue" ? " The run goes on when it fails." : "";
	return `${begin}[${node.id}] (${what})${end}.${body}${retry}${failure}`;
}

function describePort(port: string): string {
	const names: Readonly<Record<string, string>> = { error: "if it fails", true: "if so", false: "if not" };
	return names[port] ?? `if ${port.replace(/^case:/, "")}`;
}
