import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { edgePath } from "@/components/canvas/drawing/edge-path";
import { CONTAINER, NODE } from "@/components/canvas/drawing/geometry";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import type { RunLook } from "@/components/ui/run-state/run-look";
import { STATE_SHAPES } from "@/components/ui/run-state/state-shapes";
import { triggerDefinitionOf } from "@/server/triggers/catalog";
import { escapeHtml } from "./escape-html";

const MARGIN = 24;
/** Letters of a name that have room on a node. */
const TITLE_LENGTH = 26;

/** The shapes of all states, once: steps refer to them. */
export function stateSymbols(): string {
	return Object.entries(STATE_SHAPES)
		.map(([look, parts]) => `<symbol id="state-${look}" viewBox="0 0 24 24">${parts.map(shapePath).join("")}</symbol>`)
		.join("");
}

function shapePath({ d, paint, strokeWidth, strokeOpacity }: (typeof STATE_SHAPES)[RunLook][number]): string {
	const attributes = [
		paint && `class="${paint}"`,
		strokeWidth !== undefined && `stroke-width="${strokeWidth}"`,
		strokeOpacity !== undefined && `stroke-opacity="${strokeOpacity}"`,
	];
	return `<path d="${d}" ${attributes.filter(Boolean).join(" ")}/>`;
}

/** A state's icon; the script sets which one. */
export function stateIcon(look: RunLook): string {
	return `<svg class="icon" aria-hidden="true"><use href="#state-${look}"/></svg>`;
}

/** A plan's canvas as SVG, in which every step is a button, which the script enables, and has `data-step`, every edge `data-edge`. */
export function filmDrawing({ layout, edges, graph }: StillDrawing): string {
	const { x, y, width, height } = layout.bounds;
	const [boxWidth, boxHeight] = [width + 2 * MARGIN, height + 2 * MARGIN];
	const nodes = [...layout.nodes.values()];
	const paths = edges.map(
		(edge) =>
			`<path class="edge" data-edge="${escapeHtml(edge.id)}" data-look="pending" d="${edgePath(edge.points)}"/>`,
	);
	return [
		`<svg id="drawing" width="${boxWidth}" height="${boxHeight}" viewBox="${x - MARGIN} ${y - MARGIN} ${boxWidth} ${boxHeight}" role="group" aria-label="Canvas of the run">`,
		...nodes.filter(({ look }) => look.container).map(containerBox),
		...paths,
		triggerBox(layout.trigger.rect, graph.plan.triggers),
		...nodes.filter(({ look }) => !look.container).map(stepBox),
		"</svg>",
	].join("");
}

function stepBox({ node, rect, look }: NodeLayout): string {
	const { x, y, width, height } = rect;
	return [
		stepOpen(node.id, look),
		`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`,
		`<svg class="icon" x="${x + 10}" y="${y + 19}" width="22" height="22"><use href="#state-queued"/></svg>`,
		textIn({ x: x + 42, y: y + 10, width: width - 50, height: 22 }, { text: look.title, name: "title" }),
		textIn({ x: x + 42, y: y + 32, width: width - 50, height: 18 }, { text: look.type, name: "sub" }),
		"</g>",
	].join("");
}

function containerBox({ node, rect, look }: NodeLayout): string {
	const { x, y, width, height } = rect;
	const half = width / 2 - 24;
	return [
		stepOpen(node.id, look),
		`<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>`,
		`<path class="rule" d="M${x},${y + CONTAINER.header}H${x + width}"/>`,
		`<svg class="icon" x="${x + 9}" y="${y + 8}" width="16" height="16"><use href="#state-queued"/></svg>`,
		textIn({ x: x + 32, y: y + 5, width: half, height: 22 }, { text: look.title, name: "title" }),
		textIn({ x: x + 40 + half, y: y + 7, width: half, height: 18 }, { text: look.type, name: "sub" }),
		"</g>",
	].join("");
}

function stepOpen(id: string, { title, type }: NodeLayout["look"]): string {
	return `<g class="step" data-step="${escapeHtml(id)}" data-name="${escapeHtml(title)}" data-type="${escapeHtml(type)}" role="button" aria-disabled="true" aria-label="${escapeHtml(title)}"><title>${escapeHtml(title)}</title>`;
}

function triggerBox({ x, y, width, height }: NodeLayout["rect"], triggers: readonly { type: string }[]): string {
	const names = triggers.map(({ type }) => triggerDefinitionOf(type)?.title ?? type).join(", ");
	return [
		'<g class="trigger">',
		`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`,
		textIn({ x: x + 14, y: y + NODE.handleY - 11, width: width - 28, height: 22 }, { text: names, name: "title" }),
		"</g>",
	].join("");
}

/** Text of SVG neither wraps nor ends by itself: it is shortened, and cut where its box ends. */
function textIn(rect: NodeLayout["rect"], { text, name }: { text: string; name: string }): string {
	const { x, y, width, height } = rect;
	const letters = [...text];
	const shown = letters.length > TITLE_LENGTH ? `${letters.slice(0, TITLE_LENGTH - 1).join("")}…` : text;
	return `<svg x="${x}" y="${y}" width="${width}" height="${height}"><text class="${name}" y="${height - 7}">${escapeHtml(shown)}</text></svg>`;
}
