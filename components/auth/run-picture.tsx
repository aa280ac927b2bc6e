import { manualDefinition } from "@/server/triggers/manual/definition";
import { portLabel } from "../canvas/drawing/describe-node";
import { drawPlan } from "../canvas/drawing/draw-plan";
import { edgePath } from "../canvas/drawing/edge-path";
import { CONTAINER_BASELINE, NODE, type Rect } from "../canvas/drawing/geometry";
import type { NodeLayout } from "../canvas/drawing/lay-out-plan";
import { NodeIcon } from "../canvas/nodes/node-icon";
import { TriggerIcon } from "../canvas/nodes/trigger-icon";
import { viewRun } from "../canvas/run/view-run";
import type { StepView } from "../canvas/run/view-step";
import { formatDuration } from "../ui/format/format-time";
import { StateIcon } from "../ui/run-state/state-icon";
import { PICTURE_NOW, PICTURE_PLAN, PICTURE_RUN } from "./picture-run";
import "../canvas/canvas.css";
import "../canvas/canvas-containers.css";
import "../canvas/canvas-run.css";
import "../canvas/canvas-edges.css";

const drawing = drawPlan(PICTURE_PLAN);
const view = viewRun(drawing, PICTURE_RUN);

/** The dots of the canvas, for what stands around the picture. */
export const CANVAS_DOTS = {
	background:
		"radial-gradient(circle at 1px 1px, var(--canvas-dot) 1px, transparent 1.2px) 0 0 / 20px 20px var(--canvas)",
} as const;

/** How large the drawing is, in canvas units. */
export const PICTURE_BOUNDS: Rect = drawing.layout.bounds;

/**
 * A run on the canvas, drawn on the server: the look of the product for those who have not signed in, without any
 * of its code. Scaled by `scale`; the parent gives it its place.
 */
export function RunPicture({ scale }: { scale: number }) {
	const { x, y, width, height } = PICTURE_BOUNDS;
	return (
		<div style={{ width: width * scale, height: height * scale }} aria-hidden="true" inert>
			<div
				className="relative origin-top-left"
				style={{ transform: `scale(${scale}) translate(${-x}px, ${-y}px)`, width: 0, height: 0 }}
			>
				{[...drawing.layout.nodes.values()]
					.filter(({ look }) => look.container)
					.map((nodeLayout) => (
						<PictureContainer key={nodeLayout.node.id} nodeLayout={nodeLayout} view={view.steps[nodeLayout.node.id]} />
					))}
				<svg className="absolute top-0 left-0 size-px overflow-visible" aria-hidden="true">
					{drawing.edges.map((edge) => (
						<path
							key={edge.id}
							className="edge"
							data-look={view.edges[edge.id] ?? "pending"}
							d={edgePath(edge.points)}
						/>
					))}
				</svg>
				<PictureTrigger rect={drawing.layout.trigger.rect} />
				{[...drawing.layout.nodes.values()]
					.filter(({ look }) => !look.container)
					.map((nodeLayout) => (
						<PictureStep key={nodeLayout.node.id} nodeLayout={nodeLayout} view={view.steps[nodeLayout.node.id]} />
					))}
			</div>
		</div>
	);
}

function place({ x, y, width, height }: Rect) {
	return { position: "absolute", left: x, top: y, width, height } as const;
}

interface PlacedProps {
	nodeLayout: NodeLayout;
	view: StepView | undefined;
}

function PictureStep({ nodeLayout: { rect, look, ports }, view }: PlacedProps) {
	const reached = view && view.look !== "pending" ? view : undefined;
	const labelled = ports.length > 1;
	return (
		<div style={place(rect)}>
			<div className="node" data-state={reached?.look} data-pending={reached ? undefined : true}>
				<div className="hit">
					<span className="tile" style={{ background: "var(--fill)", color: "var(--ink-2)" }}>
						<NodeIcon name={look.icon} />
					</span>
					<span className="body" style={labelled ? { paddingRight: labelRoom(ports) } : undefined}>
						<span className="title">{look.title}</span>
						<span className="sub">
							<span className="text">{view?.text ?? look.summary}</span>
							{!labelled && reached?.startedAt !== undefined && (
								<span className="duration">{formatDuration((reached.endedAt ?? PICTURE_NOW) - reached.startedAt)}</span>
							)}
						</span>
					</span>
				</div>
				<Slit top={NODE.handleY} />
				{ports.map((port) => (
					<Ring
						key={port.name}
						top={port.y - rect.y}
						full={reached?.port === port.name}
						label={labelled ? portLabel(port.name) : undefined}
					/>
				))}
				{reached && (
					<span className="badge" data-wide={reached.attempts ? true : undefined}>
						<StateIcon state={reached.look === "pending" ? "queued" : reached.look} label="" className="size-3.5" />
						{reached.attempts}
					</span>
				)}
			</div>
		</div>
	);
}

/** Mono 11 is 6.6 px a letter; the ring and its gap take the rest. */
function labelRoom(ports: NodeLayout["ports"]): number {
	return Math.max(...ports.map(({ name }) => portLabel(name).length)) * 6.6 + 4;
}

function PictureContainer({ nodeLayout: { rect, look }, view }: PlacedProps) {
	const pages = view?.pages;
	return (
		<div style={place(rect)}>
			<div className="container" data-state={view?.look === "pending" ? undefined : view?.look}>
				<div className="header">
					<span className="hit">
						<NodeIcon name={look.icon} />
						<span className="title">{look.title}</span>
						<span className="chip">{pages?.label ?? look.summary}</span>
					</span>
					{pages && (
						<span className="pages">
							<span className="segments">
								{Array.from({ length: pages.total ?? 0 }, (_, index) => index).map((index) => (
									<i key={index} data-state={pages.looks[index] ?? "queued"} />
								))}
							</span>
							<span className="pager">
								{pages.shown + 1} / {pages.total}
							</span>
						</span>
					)}
				</div>
				<Slit top={CONTAINER_BASELINE} />
				<Ring top={CONTAINER_BASELINE} />
			</div>
		</div>
	);
}

function PictureTrigger({ rect }: { rect: Rect }) {
	return (
		<div style={place(rect)}>
			<div className="node trigger" data-state="completed" data-single>
				<div className="row">
					<span className="tile" style={{ background: "var(--fill)", color: "var(--ink-2)" }}>
						<TriggerIcon type={manualDefinition.type} />
					</span>
					<span className="body">
						<span className="title">{manualDefinition.title}</span>
						<span className="sub">
							<span className="text">{manualDefinition.summary(0)}</span>
						</span>
					</span>
				</div>
				<Ring top={NODE.handleY} full />
				<span className="badge">
					<StateIcon state="completed" label="" className="size-3.5" />
				</span>
			</div>
		</div>
	);
}

function Slit({ top }: { top: number }) {
	return <i className="in absolute -translate-1/2" style={{ top: top - 1, left: -1 }} />;
}

function Ring({ top, full, label }: { top: number; full?: boolean; label?: string }) {
	return (
		<>
			<i
				className="out absolute translate-x-1/2 -translate-y-1/2 rounded-full border-2"
				style={{ top: top - 1, right: -1, ...(full && { background: "var(--c)" }) }}
			/>
			{label && (
				<span className="port-label" style={{ top: top - 9 }}>
					{label}
				</span>
			)}
		</>
	);
}
