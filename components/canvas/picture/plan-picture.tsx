import { formatDuration } from "../../ui/format/format-time";
import { LiveDuration, RetryCountdown } from "../../ui/live-duration";
import { StateIcon } from "../../ui/run-state/state-icon";
import type { StillDrawing } from "../drawing/draw-still";
import { edgePath } from "../drawing/edge-path";
import { CONTAINER_BASELINE, NODE, type Rect } from "../drawing/geometry";
import type { NodeLayout } from "../drawing/lay-out-plan";
import { portLabel } from "../drawing/port-label";
import { NodeIcon } from "../nodes/node-icon";
import { TriggerRow } from "../nodes/trigger-row";
import type { RunView } from "../run/view-run";
import { type StepView, shownEnd } from "../run/view-step";
import "../canvas.css";
import "../canvas-containers.css";
import "../canvas-run.css";
import "../canvas-edges.css";

/** A run on the picture, and the moment at which it is looked at, on the clock of its events; left out, its clocks run. */
export interface PictureRun {
	view: RunView;
	now?: number;
}

interface PlanPictureProps {
	drawing: StillDrawing;
	/** Left out, the plan is at rest. */
	run?: PictureRun | undefined;
	scale: number;
}

/**
 * A plan on its canvas, drawn on the server and without any of the canvas's code. Inside a `weft-canvas`, which has
 * `data-run` where a run is shown. Its parent tells in words what it shows.
 */
export function PlanPicture({ drawing: { layout, edges, triggers }, run, scale }: PlanPictureProps) {
	const { x, y, width, height } = layout.bounds;
	const nodes = [...layout.nodes.values()];
	return (
		<div style={{ width: width * scale, height: height * scale }} aria-hidden="true" inert>
			<div
				className="relative origin-top-left"
				style={{ transform: `scale(${scale}) translate(${-x}px, ${-y}px)`, width: 0, height: 0 }}
			>
				{nodes
					.filter(({ look }) => look.container)
					.map((nodeLayout) => (
						<PictureContainer key={nodeLayout.node.id} nodeLayout={nodeLayout} run={run} />
					))}
				<svg className="absolute top-0 left-0 size-px overflow-visible" aria-hidden="true">
					{edges.map((edge) => (
						<path
							key={edge.id}
							className="edge"
							data-look={run && (run.view.edges[edge.id] ?? "pending")}
							d={edgePath(edge.points)}
						/>
					))}
				</svg>
				<PictureTrigger rect={layout.trigger.rect} triggers={triggers} isDone={run !== undefined} />
				{nodes
					.filter(({ look }) => !look.container)
					.map((nodeLayout) => (
						<PictureStep key={nodeLayout.node.id} nodeLayout={nodeLayout} run={run} />
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
	run: PictureRun | undefined;
}

function PictureStep({ nodeLayout: { node, rect, look, ports }, run }: PlacedProps) {
	const view = run?.view.steps[node.id];
	const reached = view && view.look !== "pending" ? view : undefined;
	const labelled = ports.length > 1;
	return (
		<div style={place(rect)}>
			<div
				className="node"
				data-state={reached?.look}
				data-pending={run && !reached ? true : undefined}
				data-off={look.disabled || undefined}
				data-category={look.category}
			>
				<div className="hit">
					<span className="tile">
						<NodeIcon name={look.icon} />
					</span>
					<span className="body" style={labelled ? { paddingRight: labelRoom(ports) } : undefined}>
						<span className="title">{look.title}</span>
						<span className="sub">
							<span className="text">
								<Text view={view} summary={look.summary} isLive={run?.now === undefined} />
							</span>
							{!labelled && <Duration view={reached} now={run?.now} />}
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

function Text({ view, summary, isLive }: { view: StepView | undefined; summary: string; isLive: boolean }) {
	if (view?.retryAt !== undefined && isLive) return <RetryCountdown at={view.retryAt} />;
	return view?.text ?? summary;
}

function Duration({ view, now }: { view: StepView | undefined; now: number | undefined }) {
	if (view?.startedAt === undefined || view.look === "waiting") return null;
	const end = shownEnd(view) ?? now;
	return (
		<span className="duration">
			{end === undefined ? <LiveDuration from={view.startedAt} /> : formatDuration(end - view.startedAt)}
		</span>
	);
}

/** Mono 11 is 6.6 px a letter; the ring and its gap take the rest. */
function labelRoom(ports: NodeLayout["ports"]): number {
	return Math.max(...ports.map(({ name }) => portLabel(name).length)) * 6.6 + 4;
}

function PictureContainer({ nodeLayout: { node, rect, look }, run }: PlacedProps) {
	const view = run?.view.steps[node.id];
	const pages = view?.pages;
	return (
		<div style={place(rect)}>
			<div
				className="container"
				data-state={view?.look === "pending" ? undefined : view?.look}
				data-category={look.category}
			>
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
								{pages.shown + 1} / {pages.total ?? pages.begun}
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

interface PictureTriggerProps {
	rect: Rect;
	triggers: StillDrawing["triggers"];
	isDone: boolean;
}

function PictureTrigger({ rect, triggers, isDone }: PictureTriggerProps) {
	return (
		<div style={place(rect)}>
			<div
				className="node trigger"
				data-category="trigger"
				data-state={isDone ? "completed" : undefined}
				data-single={triggers.length < 2 || undefined}
			>
				{triggers.map((look) => (
					<TriggerRow key={look.type} look={look} />
				))}
				<Ring top={NODE.handleY} full={isDone} />
				{isDone && (
					<span className="badge">
						<StateIcon state="completed" label="" className="size-3.5" />
					</span>
				)}
			</div>
		</div>
	);
}

function Slit({ top }: { top: number }) {
	return <i className="in absolute -translate-1/2" style={{ top: top - 1, left: -1 }} />;
}

function Ring({ top, full, label }: { top: number; full?: boolean; label?: string | undefined }) {
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
