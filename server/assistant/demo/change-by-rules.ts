import { catalog, isNodeType } from "@/server/nodes/catalog";
import { indexPlan } from "@/server/plan/graph/index-plan";
import { portsOfNode } from "@/server/plan/graph/ports-of-node";
import type { Edge, PlanNode } from "@/server/plan/plan";
import type { PlanSketch } from "./plan-sketch";
import { readTimes } from "./read-seconds";

interface Changed {
	/** What is to be drawn further. */
	rest: string;
	/** To be done once that is drawn. */
	end(): void;
}

const NOTHING = () => {};

/** What is asked of a workflow that there is: removed, renamed, retried, put in between; else it is drawn on. */
export function changeByRules(text: string, sketch: PlanSketch): Changed {
	const rest = [REMOVE, RENAME, RETRY, COMMAND].reduce((before, rule) => rule(before, sketch), text);
	const place = /(?:^|[.,]\s?)(after|before)\s(?:the\s)?(?:step\s)?(.{1,80}?),\s/i.exec(rest);
	const node = place && findNode(place[2] ?? "", sketch);
	if (place && node) {
		const further = rest.replace(place[0], " ");
		return /after/i.test(place[1] ?? "") ? insertAfter(node, further, sketch) : insertBefore(node, further, sketch);
	}
	sketch.exits = openEnds(sketch);
	return { rest, end: NOTHING };
}

type Rule = (text: string, sketch: PlanSketch) => string;

const REMOVE: Rule = (text, sketch) =>
	text.replace(/\b(?:remove|delete|drop)\s(?:the\s)?(?:steps?\s)?([^.,;]{1,80})/i, (all, name: string) => {
		const node = findNode(name, sketch);
		if (!node) return all;
		const { incoming = [], outgoing = [] } = indexPlan(sketch.plan).nodes.get(node.id) ?? {};
		sketch.lines.push({ do: "remove", id: node.id });
		for (const { from, port } of incoming) for (const { to } of outgoing) sketch.connect({ from, port }, to);
		return "";
	});

const RENAME: Rule = (text, sketch) =>
	text.replace(/\brename\s(?:the\s)?(?:step\s)?(.{1,80}?)\sto\s([^.,;]{1,80})/i, (all, name: string, next: string) => {
		const node = findNode(name, sketch);
		if (!node) return all;
		sketch.change(node.id, { name: sketch.held.plain(next).trim() });
		return "";
	});

const RETRY: Rule = (text, sketch) =>
	text.replace(
		/\bretry\s(?:the\s)?(?:step\s)?(.{1,80}?)\s(?:up to\s)?(\d{1,2}\stimes|twice)\b/i,
		(all, name: string, times: string) => {
			const node = findNode(name, sketch);
			if (!node) return all;
			sketch.change(node.id, { retry: { maxAttempts: Math.min(20, (readTimes(times) ?? 3) + 1) } });
			return "";
		},
	);

/** `change the command of Test to …`: the field of that name. */
const COMMAND: Rule = (text, sketch) =>
	text.replace(
		/\b(?:change|set)\s(?:the\s)?([a-z]{1,30})\sof\s(?:the\s)?(?:step\s)?(.{1,80}?)\sto\s(§\d{1,4}[a-z]|[^.,;\s]{1,200})/i,
		(all, field: string, name: string, value: string) => {
			const node = findNode(name, sketch);
			const known = node && isNodeType(node.type) ? Object.keys(catalog[node.type].config.shape) : [];
			const key = known.find((each) => each.toLowerCase() === field.toLowerCase());
			if (!node || key === undefined) return all;
			const plain = sketch.held.plain(value);
			sketch.change(node.id, { config: { [key]: /^\d{1,9}$/.test(plain) ? Number(plain) : plain } });
			return "";
		},
	);

/** By its name or its id; else the only one whose name begins so. */
function findNode(words: string, { plan, held }: PlanSketch): PlanNode | undefined {
	const wanted = held
		.plain(words)
		.replace(/\sstep$/i, "")
		.trim()
		.toLowerCase();
	if (wanted === "") return undefined;
	const exact = plan.nodes.find(({ id, name }) => name.toLowerCase() === wanted || id === wanted);
	if (exact) return exact;
	const near = plan.nodes.filter(({ name }) => name.toLowerCase().startsWith(wanted));
	return near.length === 1 ? near[0] : undefined;
}

function insertAfter(node: PlanNode, rest: string, sketch: PlanSketch): Changed {
	const moved = outgoingOf(node, sketch);
	sketch.parent = node.parent;
	sketch.exits = [{ from: node.id, port: mainPort(node) }];
	return { rest, end: () => putBetween(moved, sketch) };
}

function insertBefore(node: PlanNode, rest: string, sketch: PlanSketch): Changed {
	const moved = indexPlan(sketch.plan).nodes.get(node.id)?.incoming ?? [];
	sketch.parent = node.parent;
	sketch.exits = moved.map(({ from, port }) => ({ from, port }));
	return {
		rest,
		end: () => {
			if (moved.length > 0) return putBetween(moved, sketch);
			if (sketch.last) for (const exit of sketch.exits) sketch.connect(exit, node.id);
		},
	};
}

/** What followed there follows what was drawn. */
function putBetween(moved: readonly Edge[], sketch: PlanSketch): void {
	if (sketch.last === undefined) return;
	for (const { from, port, to } of moved) {
		sketch.lines.push({ do: "disconnect", edge: { from, port, to } });
	}
	for (const to of new Set(moved.map((edge) => edge.to))) for (const exit of sketch.exits) sketch.connect(exit, to);
}

function outgoingOf(node: PlanNode, { plan }: PlanSketch): readonly Edge[] {
	const port = mainPort(node);
	return (indexPlan(plan).nodes.get(node.id)?.outgoing ?? []).filter((edge) => edge.port === port);
}

function mainPort(node: PlanNode): string {
	const definition = isNodeType(node.type) ? catalog[node.type] : undefined;
	return portsOfNode(node, definition)[0] ?? "out";
}

/** Where the flow ends: what is drawn further goes on there. */
function openEnds({ plan }: PlanSketch) {
	const { nodes } = indexPlan(plan);
	const outer = [...nodes.values()].filter(({ node }) => node.parent === undefined);
	return outer
		.filter(({ outgoing }) => outgoing.length === 0)
		.slice(-1)
		.map(({ node }) => ({ from: node.id, port: mainPort(node) }));
}
