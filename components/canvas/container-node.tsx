"use client";

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { memo } from "react";
import { useCanvas } from "./canvas-store";
import { portLabel } from "./describe-node";
import { describeStep } from "./describe-step";
import { CONTAINER_LINE } from "./geometry";
import type { PlacedNode } from "./lay-out-plan";
import { NodeIcon } from "./node-icon";
import type { ContainerFlowNode } from "./to-flow";
import { ENDED_LOOKS, type IterationPages, type StepView } from "./view-step";

/** The header of a container around a single step has room for its name and the pager. */
const NARROW = 380;

/** A loop or a for-each: a frame around its body, with a pager for its iterations on a run. */
export const ContainerNode = memo(function ContainerNode({ data }: NodeProps<ContainerFlowNode>) {
	const { node, look } = data.placed;
	const view = useCanvas((canvas) => canvas.run?.steps[node.id]);
	const selected = useCanvas((canvas) => canvas.selected === node.id);
	const onOpen = useCanvas((canvas) => canvas.onOpen);
	const narrow = data.placed.rect.width < NARROW;
	const chip = narrow && view?.pages ? undefined : (view?.pages?.label ?? look.summary);
	return (
		<div
			className="container"
			data-state={view && view.look !== "pending" ? view.look : undefined}
			data-selected={selected || undefined}
			data-off={look.disabled || undefined}
		>
			<div className="header">
				<button
					type="button"
					className="hit"
					data-node={node.id}
					aria-pressed={selected}
					onClick={() => onOpen(node.id)}
				>
					<span className="sr-only">{describeStep(look, view)}</span>
					<NodeIcon name={look.icon} />
					<span className="title" aria-hidden="true">
						{look.title}
					</span>
					{chip && (
						<span className="chip" aria-hidden="true">
							{chip}
						</span>
					)}
				</button>
				{view?.pages ? (
					<Pages id={node.id} pages={view.pages} narrow={narrow} />
				) : (
					<span className="pace">{look.pace}</span>
				)}
			</div>
			<ContainerHandles placed={data.placed} view={view} />
		</div>
	);
});

function ContainerHandles({ placed, view }: { placed: PlacedNode; view: StepView | undefined }) {
	const line = { top: CONTAINER_LINE };
	return (
		<>
			<Handle type="target" id="in" position={Position.Left} className="in" style={line} isConnectable={false} />
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
			{placed.ports.map((port, index) => (
				<span key={port.name} data-port={port.name}>
					<Handle
						type="source"
						id={port.name}
						position={Position.Right}
						className="out"
						data-full={view?.port === port.name || undefined}
						style={{ top: port.y - placed.rect.y }}
						isConnectable={false}
					/>
					{index > 0 && (
						<span className="port-label" style={{ top: port.y - placed.rect.y - 9 }}>
							{portLabel(port.name)}
						</span>
					)}
				</span>
			))}
		</>
	);
}

/** Up to eight iterations are segments, more are a bar; the pager turns to one of those that began. */
interface PagesProps {
	id: string;
	pages: IterationPages;
	narrow: boolean;
}

function Pages({ id, pages, narrow }: PagesProps) {
	const onTurn = useCanvas((canvas) => canvas.onTurn);
	const total = pages.total ?? pages.begun;
	return (
		<span className="pages">
			{total <= (narrow ? 3 : 8) ? (
				<Segments pages={pages} total={total} />
			) : (
				<ProgressBar pages={pages} total={total} />
			)}
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

function ProgressBar({ pages, total }: { pages: IterationPages; total: number }) {
	const done = pages.looks.filter((look) => ENDED_LOOKS.includes(look)).length;
	const failed = pages.looks.includes("failed") || pages.looks.includes("timed-out");
	const state = failed ? "failed" : done === total ? "completed" : "running";
	return (
		<span className="bar" data-state={state} aria-hidden="true">
			<i style={{ width: `${(done / Math.max(1, total)) * 100}%` }} />
		</span>
	);
}
