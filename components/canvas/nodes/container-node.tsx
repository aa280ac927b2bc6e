"use client";

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { ChevronLeft, ChevronRight, Minimize2, Plus } from "lucide-react";
import { memo } from "react";
import { useCanvas, useIsZoomedOut, useNodeLayout } from "../canvas-store";
import { CONTAINER_BASELINE } from "../drawing/geometry";
import type { NodeLayout } from "../drawing/lay-out-plan";
import { portLabel } from "../drawing/port-label";
import { type ContainerFlowNode, handlesOf } from "../drawing/to-flow";
import { ENDED_LOOKS, type IterationPages, type StepLook, type StepView } from "../run/view-step";
import { EntryHandle, ExitHandle, useConnectionRole } from "./edit-handles";
import { CommentBadge, DisabledBadge, EditBadges } from "./node-badges";
import { NodeButton } from "./node-button";
import { NodeIcon } from "./node-icon";
import { ZoomedOutHandles } from "./zoomed-out-handles";

/** The header of a container around a single step has room for its name and the pager. */
const NARROW = 380;

/** A loop or a for-each: a frame around its body, with a pager for its iterations on a run. */
export const ContainerNode = memo(function ContainerNode({ data, selected: marked }: NodeProps<ContainerFlowNode>) {
	const nodeLayout = useNodeLayout(data.nodeLayout);
	const { node, look } = nodeLayout;
	const view = useCanvas((canvas) => canvas.run?.steps[node.id]);
	const selected = useCanvas((canvas) => canvas.selected === node.id) || marked;
	const editing = useCanvas((canvas) => canvas.edit !== null);
	const isDropTarget = useCanvas((canvas) => canvas.edit?.targetContainer === node.id);
	const role = useConnectionRole(node.id);
	const isZoomedOut = useIsZoomedOut();
	const narrow = nodeLayout.rect.width < NARROW;
	const chip = narrow && view?.pages ? undefined : (view?.pages?.label ?? look.summary);
	return (
		<div
			className="container"
			data-state={view && view.look !== "pending" ? view.look : undefined}
			data-selected={selected || undefined}
			data-off={look.disabled || undefined}
			data-drop-target={isDropTarget || undefined}
			data-connection={role}
		>
			<div className="header">
				<NodeButton nodeLayout={nodeLayout} view={view} selected={selected}>
					<NodeIcon name={look.icon} />
					{!isZoomedOut && (
						<span className="title" aria-hidden="true">
							{look.title}
						</span>
					)}
					{chip && !isZoomedOut && (
						<span className="chip" aria-hidden="true">
							{chip}
						</span>
					)}
				</NodeButton>
				{!isZoomedOut && <BodySummary id={node.id} view={view} bodySummary={look.bodySummary} narrow={narrow} />}
				{editing && !isZoomedOut && <CloseButton id={node.id} />}
			</div>
			{editing && !isZoomedOut && <FirstStep id={node.id} />}
			{isZoomedOut ? (
				<ZoomedOutHandles handles={handlesOf(nodeLayout)} />
			) : (
				<ContainerHandles nodeLayout={nodeLayout} view={view} />
			)}
			<DisabledBadge disabled={look.disabled} />
			{view ? <CommentBadge id={node.id} /> : <EditBadges id={node.id} />}
		</div>
	);
});

interface BodySummaryProps {
	id: string;
	view: StepView | undefined;
	bodySummary: string | undefined;
	narrow: boolean;
}

/** On a run its iterations, else how many it takes at once. */
function BodySummary({ id, view, bodySummary, narrow }: BodySummaryProps) {
	if (view?.pages) return <Pages id={id} look={view.look} pages={view.pages} narrow={narrow} />;
	return narrow ? null : <span className="body-summary">{bodySummary}</span>;
}

function ContainerHandles({ nodeLayout, view }: { nodeLayout: NodeLayout; view: StepView | undefined }) {
	const line = { top: CONTAINER_BASELINE };
	return (
		<>
			<EntryHandle y={CONTAINER_BASELINE} />
			<Handle
				type="source"
				id="body"
				position={Position.Left}
				className="inner-end"
				style={line}
				isConnectable={false}
			/>
			<Handle
				type="target"
				id="end"
				position={Position.Right}
				className="inner-end"
				style={line}
				isConnectable={false}
			/>
			{nodeLayout.ports.map((port, index) => (
				<span key={port.name} data-port={port.name}>
					<ExitHandle
						node={nodeLayout.node.id}
						port={port.name}
						y={port.y - nodeLayout.rect.y}
						full={view?.port === port.name}
					/>
					{index > 0 && (
						<span className="port-label" style={{ top: port.y - nodeLayout.rect.y - 9 }}>
							{portLabel(port.name)}
						</span>
					)}
				</span>
			))}
		</>
	);
}

function CloseButton({ id }: { id: string }) {
	const onToggle = useCanvas((canvas) => canvas.edit?.onToggle);
	return (
		<button
			type="button"
			className="close nodrag"
			aria-label="Close the container"
			tabIndex={-1}
			onClick={() => onToggle?.(id)}
		>
			<Minimize2 aria-hidden="true" />
		</button>
	);
}

/** In an empty container: a place for its first step. */
function FirstStep({ id }: { id: string }) {
	const onInsert = useCanvas((canvas) => canvas.edit?.onInsert);
	const empty = useCanvas((canvas) => ![...(canvas.edit?.nodes.values() ?? [])].some(({ level }) => level === id));
	if (!empty) return null;
	return (
		<button
			type="button"
			className="first nodrag"
			tabIndex={-1}
			onClick={(event) => onInsert?.({ kind: "first", parent: id }, { x: event.clientX, y: event.clientY })}
		>
			<Plus aria-hidden="true" />
			Add a step, or drop one here
		</button>
	);
}

/** Up to eight iterations are segments, more are a bar; the pager turns to one of those that began. */
interface PagesProps {
	id: string;
	look: StepLook;
	pages: IterationPages;
	narrow: boolean;
}

function Pages({ id, look, pages, narrow }: PagesProps) {
	const onTurn = useCanvas((canvas) => canvas.onTurn);
	const total = pages.total ?? pages.begun;
	return (
		<span className="pages">
			{total <= (narrow ? 3 : 8) ? (
				<Segments pages={pages} total={total} />
			) : (
				<ProgressBar look={look} pages={pages} total={total} />
			)}
			{pages.failed > 0 && !narrow && <span className="failed">{pages.failed} failed</span>}
			<span className="pager">
				<button
					type="button"
					aria-label="Previous iteration"
					disabled={pages.shown === 0}
					onClick={() => onTurn(id, pages.shown - 1)}
				>
					<ChevronLeft aria-hidden="true" />
				</button>
				{pages.begun === 0 ? 0 : pages.shown + 1} / {total}
				<button
					type="button"
					aria-label="Next iteration"
					disabled={pages.shown >= pages.begun - 1}
					onClick={() => onTurn(id, pages.shown + 1)}
				>
					<ChevronRight aria-hidden="true" />
				</button>
			</span>
		</span>
	);
}

function Segments({ pages, total }: { pages: IterationPages; total: number }) {
	return (
		<span className="segments" aria-hidden="true">
			{Array.from({ length: total }, (_, index) => index).map((index) => (
				<i key={index} data-state={pages.looks[index] ?? "queued"} />
			))}
		</span>
	);
}

function ProgressBar({ look, pages, total }: Pick<PagesProps, "look" | "pages"> & { total: number }) {
	const done = pages.looks.filter((each) => ENDED_LOOKS.includes(each)).length;
	const state = pages.failed > 0 ? "failed" : look;
	return (
		<span className="bar" data-state={state} aria-hidden="true">
			<i style={{ width: `${(done / Math.max(1, total)) * 100}%` }} />
		</span>
	);
}
