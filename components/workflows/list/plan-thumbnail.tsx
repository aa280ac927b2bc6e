import { type ReactNode, useMemo } from "react";
import type { Plan } from "@/server/plan/plan";
import { drawStill } from "../../canvas/drawing/draw-still";
import { edgePath } from "../../canvas/drawing/edge-path";
import type { Rect } from "../../canvas/drawing/geometry";
import type { NodeLayout } from "../../canvas/drawing/lay-out-plan";
import { NodeIcon } from "../../canvas/nodes/node-icon";
import { TriggerIcon } from "../../canvas/nodes/trigger-icon";
import { cn } from "../../ui/class-names";

const SIZE = { width: 478, height: 176 };
const MARGIN = 20;

/**
 * A plan as a small picture: where its steps stand and of which kind they are, without words.
 * @param className its height
 */
export function PlanThumbnail({ plan, className = "h-44" }: { plan: Plan; className?: string }) {
	const { layout, edges } = useMemo(() => drawStill(plan), [plan]);
	const { scale, left, top } = fitInto(layout.bounds);
	return (
		<svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} className={cn("block w-full", className)} aria-hidden="true">
			<g transform={`translate(${left} ${top}) scale(${scale})`}>
				<path
					d={edges.map((edge) => edgePath(edge.points)).join(" ")}
					fill="none"
					stroke="var(--edge)"
					strokeWidth={1.1 / scale}
				/>
				<Card
					rect={layout.trigger.rect}
					category="trigger"
					icon={<TriggerIcon type={plan.triggers[0]?.type ?? ""} />}
					words={[76, 48]}
				/>
				{[...layout.nodes.values()].map((nodeLayout) => (
					<StepCard key={nodeLayout.node.id} nodeLayout={nodeLayout} />
				))}
			</g>
		</svg>
	);
}

/** Stands in for the picture while the plan is read. */
export function ThumbnailSkeleton() {
	return (
		<svg
			viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
			className="block h-44 w-full animate-glow"
			role="status"
			aria-label="Loading the drawing"
		>
			<path d="M40 66H438M40 122H240" fill="none" stroke="var(--line)" />
			{SKELETON_CARDS.map(([x, y]) => (
				<rect key={`${x} ${y}`} x={x} y={y} width={82} height={24} rx={3} fill="var(--panel)" stroke="var(--line)" />
			))}
		</svg>
	);
}

const SKELETON_CARDS = [40, 138, 236, 334].flatMap((x, column) =>
	column < 2
		? [
				[x, 54],
				[x, 110],
			]
		: [[x, 54]],
);

function fitInto({ x, y, width, height }: Rect) {
	const scale = Math.min((SIZE.width - 2 * MARGIN) / width, (SIZE.height - 2 * MARGIN) / height, 0.45);
	const left = (SIZE.width - width * scale) / 2 - x * scale;
	const top = (SIZE.height - height * scale) / 2 - y * scale;
	return { scale, left, top };
}

function StepCard({ nodeLayout: { rect, look } }: { nodeLayout: NodeLayout }) {
	if (look.container) {
		return <rect {...rect} rx={12} fill="none" stroke="var(--line-strong)" strokeWidth={2} />;
	}
	const words: [number, number] = [lineWidth(look.title), lineWidth(look.summary)];
	return <Card rect={rect} category={look.category} icon={<NodeIcon name={look.icon} />} words={words} />;
}

function lineWidth(text: string): number {
	return Math.min(132, 36 + text.length * 4);
}

interface CardProps {
	rect: Rect;
	category: string;
	icon: ReactNode;
	words: [number, number];
}

function Card({ rect, category, icon, words: [title, summary] }: CardProps) {
	return (
		<g data-category={category} transform={`translate(${rect.x} ${rect.y})`}>
			<rect width={rect.width} height={rect.height} rx={8} fill="var(--panel)" stroke="var(--line)" strokeWidth={2} />
			<rect x={12} y={13} width={34} height={34} rx={6} fill="var(--ts)" />
			<g transform="translate(19 20) scale(.833)" className="text-(--tc)">
				{icon}
			</g>
			<rect x={58} y={22} width={title} height={6} rx={3} fill="var(--ink-3)" opacity={0.55} />
			<rect x={58} y={34} width={summary} height={4} rx={2} fill="var(--line-strong)" opacity={0.8} />
		</g>
	);
}
