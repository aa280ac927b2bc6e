import { toColumns } from "@/components/canvas/drawing/place-nodes";
import { portLabel } from "@/components/canvas/drawing/port-label";
import type { RunView } from "@/components/canvas/run/view-run";
import type { StepLook, StepView } from "@/components/canvas/run/view-step";
import type { PlanIndex } from "@/server/plan/graph/index-plan";
import { bodyOf } from "@/server/plan/graph/index-plan";
import type { NodeId, PlanNode } from "@/server/plan/plan";

/** The colour of a piece of the line down the list. */
export type ConnectorTone = "done" | "running" | "waiting" | "failed" | "open" | "none";

export interface PhoneRow {
	id: NodeId;
	name: string;
	/** The branches that lead to it, by name: `true`, `bug or docs`. */
	branch: string | undefined;
	view: StepView;
	/** `main` hangs on the trunk; `side` steps run side by side and branch off it; `inner` ones are a container's. */
	kind: "main" | "side" | "inner";
	/** How far it is moved in: 0 on the trunk, 1 beside it, 2 in a container beside it or in one inside another. */
	depth: number;
	/** An inner step after the first: it chains to the one before. */
	chained: boolean;
	/** Lines of steps around it that pass beside it, on their way to the next one of their chain. */
	passing: readonly { depth: number; tone: ConnectorTone }[];
	/** The line above and below the icon, and the corner that leads to a step beside it. */
	up: ConnectorTone;
	down: ConnectorTone;
	elbow: ConnectorTone;
}

type Draft = Pick<PhoneRow, "id" | "name" | "branch" | "view" | "kind" | "depth" | "chained">;

/** A plan, or its run, as a list along one line, from top to bottom. */
export function phoneRows(graph: PlanIndex, view: Pick<RunView, "steps">): PhoneRow[] {
	const drafts = columnsAt(graph, "").flatMap((column) => {
		const kind = column.length === 1 ? ("main" as const) : ("side" as const);
		const depth = kind === "main" ? 0 : 1;
		return column.flatMap((node) => [
			{ ...draft({ graph, view }, node), kind, depth, chained: false },
			...innerRows({ graph, view }, node, depth + 1),
		]);
	});
	return drafts.map((row, index) => ({ ...row, ...tonesOf(drafts, index), passing: passingAt(drafts, index) }));
}

function columnsAt(graph: PlanIndex, level: NodeId): PlanNode[][] {
	const nodes = bodyOf(graph, level);
	return toColumns(
		nodes.map(({ node }) => node),
		nodes.flatMap(({ outgoing }) => outgoing),
	);
}

/** What a container holds, as one chain; what the containers in it hold hangs further in. */
function innerRows(shown: Shown, container: PlanNode, depth: number): Draft[] {
	return columnsAt(shown.graph, container.id)
		.flat()
		.flatMap((node, index) => [
			{ ...draft(shown, node), kind: "inner" as const, depth, chained: index > 0 },
			...innerRows(shown, node, depth + 1),
		]);
}

interface Shown {
	graph: PlanIndex;
	view: Pick<RunView, "steps">;
}

function draft({ graph, view }: Shown, node: PlanNode): Pick<Draft, "id" | "name" | "branch" | "view"> {
	const step = view.steps[node.id] ?? { look: "pending" as const, iteration: "" };
	return { id: node.id, name: node.name, branch: branchOf(graph, node.id), view: step };
}

function branchOf(graph: PlanIndex, id: NodeId): string | undefined {
	const ports = (graph.nodes.get(id)?.incoming ?? []).map(({ port }) => port).filter((port) => port !== "out");
	return ports.length === 0 ? undefined : [...new Set(ports.map(portLabel))].join(" or ");
}

function tonesOf(rows: readonly Draft[], index: number): Pick<PhoneRow, "up" | "down" | "elbow"> {
	const row = rows[index];
	const own = toneOf(row?.view.look ?? "pending");
	const next = rows.slice(index + 1).find((later) => later.kind === "main");
	const after = next ? toneOf(next.view.look) : "none";
	if (row?.kind !== "main") return { up: after, down: "none", elbow: own };
	const beside = rows[index + 1]?.kind === "side" ? besideTone(rows, index + 1) : after;
	const hangs = rows[index + 1] !== undefined && rows[index + 1]?.kind !== "main";
	const down = beside === "none" && hangs ? toneOf(rows[index + 1]?.view.look ?? "pending") : beside;
	return { up: index === 0 ? "none" : own, down: index === rows.length - 1 ? "none" : down, elbow: own };
}

function passingAt(rows: readonly Draft[], index: number): PhoneRow["passing"] {
	const own = rows[index]?.depth ?? 0;
	const around = Array.from({ length: Math.max(0, own - 1) }, (_, outer) => outer + 1);
	return around.flatMap((depth) => {
		const next = rows.slice(index + 1).find((later) => later.depth <= depth);
		return next?.depth === depth && next.chained ? [{ depth, tone: toneOf(next.view.look) }] : [];
	});
}

/** The trunk beside parallel steps is as far as the furthest of them. */
function besideTone(rows: readonly Draft[], from: number): ConnectorTone {
	const side: ConnectorTone[] = [];
	for (const row of rows.slice(from)) {
		if (row.kind === "main") break;
		side.push(toneOf(row.view.look));
	}
	const order: ConnectorTone[] = ["done", "running", "waiting", "failed"];
	return order.find((tone) => side.includes(tone)) ?? "open";
}

function toneOf(look: StepLook): ConnectorTone {
	switch (look) {
		case "completed":
		case "retrying":
		case "paused":
		case "cancelled":
			return "done";
		case "running":
			return "running";
		case "waiting":
			return "waiting";
		case "failed":
		case "timed-out":
			return "failed";
		case "pending":
		case "queued":
		case "skipped":
			return "open";
	}
}
