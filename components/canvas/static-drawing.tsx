import type { Drawing } from "./drawing/draw-plan";
import { edgePath } from "./drawing/edge-path";
import type { NodeLayout } from "./drawing/lay-out-plan";
import type { RunView } from "./run/view-run";

interface StaticDrawingProps {
	drawing: Drawing;
	/** Null for a plan that nothing ran. */
	view: RunView | null;
	className?: string;
}

const LINE = 18;

/** A plan, and a run on it, as a picture: what a page shows before the canvas is there, and where none can be. */
export function StaticDrawing({ drawing, view, className }: StaticDrawingProps) {
	const { x, y, width, height } = drawing.layout.bounds;
	return (
		<svg
			role="img"
			aria-label="Drawing of the workflow"
			viewBox={`${x} ${y} ${Math.max(width, 1_000)} ${Math.max(height, 560)}`}
			preserveAspectRatio="xMidYMid meet"
			className={className}
		>
			<path
				d={drawing.edges.map((edge) => edgePath(edge.points)).join(" ")}
				fill="none"
				stroke="var(--edge)"
				strokeWidth={1.5}
			/>
			{[...drawing.layout.nodes.values()].map((layout) => (
				<Node key={layout.node.id} layout={layout} state={view?.steps[layout.node.id]?.look} />
			))}
		</svg>
	);
}

function Node({ layout: { rect, look }, state }: { layout: NodeLayout; state: string | undefined }) {
	const idle = state === undefined || state === "pending" || state === "skipped" || state === "queued";
	return (
		<g data-state={state}>
			<rect
				{...rect}
				rx={look.container ? 12 : 8}
				fill={look.container ? "none" : "var(--panel)"}
				stroke={idle ? "var(--line-strong)" : "var(--c)"}
				strokeDasharray={state === "skipped" ? "4 4" : undefined}
			/>
			<text x={rect.x + 12} y={rect.y + (look.container ? 21 : 26)} fontSize={13} fontWeight={500} fill="var(--ink)">
				{shorten(look.title, rect.width)}
			</text>
			{!look.container && (
				<text x={rect.x + 12} y={rect.y + 26 + LINE} fontSize={11} fill="var(--ink-3)">
					{shorten(look.summary, rect.width)}
				</text>
			)}
		</g>
	);
}

/** About as many characters as fit: a picture measures nothing. */
function shorten(text: string, width: number): string {
	const most = Math.floor((width - 40) / 6.8);
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
