"use client";

import type { NodeProps } from "@xyflow/react";
import { Maximize2 } from "lucide-react";
import { memo } from "react";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { LiveDuration, RetryCountdown } from "../../ui/live-duration";
import { useCanvas, useIsZoomedOut, useNodeLayout } from "../canvas-store";
import type { NodeLook } from "../drawing/describe-node";
import { NODE } from "../drawing/geometry";
import type { NodeLayout } from "../drawing/lay-out-plan";
import { portLabel } from "../drawing/port-label";
import { handlesOf, type StepFlowNode } from "../drawing/to-flow";
import { type StepView, shownEnd } from "../run/view-step";
import { EntryHandle, ExitHandle, useConnectionRole } from "./edit-handles";
import { fillSummary } from "./fill-summary";
import { CommentBadge, DisabledBadge, EditBadges, PinBadge } from "./node-badges";
import { NodeButton } from "./node-button";
import { NodeIcon } from "./node-icon";
import { ZoomedOutHandles } from "./zoomed-out-handles";

/** A step: tile, name, second line, ports; on a run its state, attempts and duration. */
export const StepNode = memo(function StepNode({ data, selected: marked }: NodeProps<StepFlowNode>) {
	const nodeLayout = useNodeLayout(data.nodeLayout);
	const { node, look } = nodeLayout;
	const view = useCanvas((canvas) => canvas.run?.steps[node.id]);
	const item = useCanvas((canvas) => canvas.run?.steps[nodeLayout.level]?.pages?.label);
	const selected = useCanvas((canvas) => canvas.selected === node.id) || marked;
	const role = useConnectionRole(node.id);
	const isZoomedOut = useIsZoomedOut();
	const labels = look.ports.length > 1;
	return (
		<div
			className="node"
			data-state={view && view.look !== "pending" ? view.look : undefined}
			data-pending={view?.look === "pending" || undefined}
			data-off={look.disabled || undefined}
			data-selected={selected || undefined}
			data-category={look.category}
			data-collapsed={look.isCollapsed || undefined}
			data-connection={role}
		>
			<NodeButton nodeLayout={nodeLayout} view={view} selected={selected}>
				<span className="tile">
					<NodeIcon name={look.icon} />
				</span>
				{!isZoomedOut && <Body look={look} view={view} item={item} />}
			</NodeButton>
			{look.isCollapsed && <OpenButton id={node.id} />}
			{isZoomedOut ? (
				<ZoomedOutHandles handles={handlesOf(nodeLayout)} />
			) : (
				<Handles nodeLayout={nodeLayout} view={view} labels={labels} />
			)}
			<DisabledBadge disabled={look.disabled} />
			{view ? <RunBadges id={node.id} view={view} /> : <EditBadges id={node.id} />}
		</div>
	);
});

interface BodyProps {
	look: NodeLook;
	view: StepView | undefined;
	item: string | undefined;
}

/** Its name, and what it does or did. */
function Body({ look, view, item }: BodyProps) {
	const labels = look.ports.length > 1;
	return (
		<span className="body" aria-hidden="true" style={labels ? { paddingRight: labelRoom(look.ports) } : undefined}>
			<span className="title" title={look.title}>
				{look.title}
			</span>
			<span className="sub">
				<span className="text">
					<Text view={view} summary={fillSummary(look.summary, item)} />
				</span>
				{!labels && view?.startedAt !== undefined && view.look !== "waiting" && (
					<span className="duration">
						<LiveDuration from={view.startedAt} to={shownEnd(view)} />
					</span>
				)}
			</span>
		</span>
	);
}

function Text({ view, summary }: { view: StepView | undefined; summary: string }) {
	if (view?.retryAt !== undefined) return <RetryCountdown at={view.retryAt} />;
	return view?.text ?? summary;
}

/** Mono 11 is 6.6 px a letter. */
function labelRoom(ports: readonly string[]): number {
	return Math.ceil(Math.max(...ports.map((port) => Math.min(14, portLabel(port).length))) * 6.6) + 4;
}

interface HandlesProps {
	nodeLayout: NodeLayout;
	view: StepView | undefined;
	labels: boolean;
}

function Handles(props: HandlesProps) {
	return (
		<>
			<EntryHandle y={NODE.handleY} />
			<Ports {...props} />
		</>
	);
}

function Ports({ nodeLayout, view, labels }: HandlesProps) {
	return nodeLayout.ports.map((port) => {
		const y = port.y - nodeLayout.rect.y;
		return (
			<span key={port.name} data-port={port.name}>
				<ExitHandle node={nodeLayout.node.id} port={port.name} y={y} full={view?.port === port.name} />
				{labels && (
					<span className="port-label" style={{ top: y - 9 }} title={portLabel(port.name)}>
						{portLabel(port.name)}
					</span>
				)}
			</span>
		);
	});
}

/** Opens a container that is drawn closed. */
function OpenButton({ id }: { id: string }) {
	const onToggle = useCanvas((canvas) => canvas.edit?.onToggle);
	if (!onToggle) return <Maximize2 aria-hidden="true" className="open" />;
	return (
		<button
			type="button"
			className="open nodrag"
			aria-label="Open the container"
			tabIndex={-1}
			onClick={() => onToggle(id)}
		>
			<Maximize2 aria-hidden="true" />
		</button>
	);
}

/** Its state; on a test also whether it ended with a pinned output instead of running. */
function RunBadges({ id, view }: { id: string; view: StepView }) {
	return (
		<>
			<StateBadge view={view} />
			<PinBadge id={id} />
			<CommentBadge id={id} />
		</>
	);
}

function StateBadge({ view }: { view: StepView }) {
	if (view.look === "pending") return null;
	return (
		<span className="badge" data-wide={view.attempts ? "" : undefined}>
			<StateIcon state={view.look} label="" className="size-3.5" />
			{view.attempts}
		</span>
	);
}
