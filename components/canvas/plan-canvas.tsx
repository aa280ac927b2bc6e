"use client";

import "@xyflow/react/dist/base.css";
import "./canvas.css";
import "./canvas-containers.css";
import "./canvas-run.css";
import "./canvas-edges.css";
import "./canvas-detail.css";
import { Background, ReactFlow, ReactFlowProvider, type Viewport } from "@xyflow/react";
import { type ReactNode, useEffect, useState } from "react";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import type { NodeId } from "@/server/plan/plan";
import { CanvasControls } from "./canvas-controls";
import { CanvasDetail, startsZoomedOut } from "./canvas-detail";
import { CanvasMinimap } from "./canvas-minimap";
import { CANVAS_OPTIONS } from "./canvas-options";
import { CanvasContext, createCanvasStore, type NodeProblems, type PinnedSide } from "./canvas-store";
import type { Drawing } from "./drawing/draw-plan";
import { KeepCentered } from "./keep-centered";
import { ContainerNode } from "./nodes/container-node";
import { StepNode } from "./nodes/step-node";
import { NoteNode, TriggerNode } from "./nodes/trigger-node";
import { PlanEdge } from "./plan-edge";
import { CanvasAnnouncer } from "./run/canvas-announcer";
import type { RunView } from "./run/view-run";
import { useCanvasKeys } from "./use-canvas-keys";
import { useFollow } from "./use-follow";

const NODE_TYPES = { step: StepNode, container: ContainerNode, trigger: TriggerNode, note: NoteNode };
const EDGE_TYPES = { plan: PlanEdge };
const FIT = { padding: { top: "28px", right: "28px", bottom: "28px", left: "64px" }, maxZoom: 1 } as const;
/** On a phone a part that can be read is worth more than all of it: it opens at the beginning. */
const PHONE = { zoom: 0.75, left: 76, top: 72 } as const;
/** Above these React Flow draws only what is in view, and the minimap costs more than it tells. */
const MANY = { virtual: 300, minimap: 500 };
const NO_PROBLEMS = {};
const NO_PINS = {};
const NO_COMMENTS = {};

interface PlanCanvasProps {
	drawing: Drawing;
	/** Null while drawing. */
	run: RunView | null;
	started?: boolean;
	/** A run that is alive can be followed. */
	live?: boolean;
	selected: NodeId | null;
	problems?: Readonly<Record<NodeId, NodeProblems>>;
	/** On a test: the steps that ended with a pinned output. */
	pinned?: Readonly<Record<NodeId, PinnedSide>>;
	/** On a run: how many comments there are on each step. */
	comments?: Readonly<Record<NodeId, number>> | undefined;
	/** Null when the selection is cleared. */
	onSelect: (id: NodeId | null) => void;
	onTurn?: (container: NodeId, index: number) => void;
	label: string;
	/** False where something else takes up its corner. */
	minimap?: boolean;
	/** Drawn over the plan, inside React Flow. */
	children?: ReactNode;
}

/** A plan on its canvas, read-only; with a run laid over it when there is one. */
export function PlanCanvas(props: PlanCanvasProps) {
	return (
		<ReactFlowProvider>
			<Canvas {...props} />
		</ReactFlowProvider>
	);
}

function Canvas(props: PlanCanvasProps) {
	const { drawing, run, live = false, label, minimap = true, children } = props;
	const store = useStoreOf(props);
	const follow = useFollow({ drawing, run, live, selected: props.selected });
	const onKeyDown = useCanvasKeys(drawing, () => props.onSelect(null));
	const phone = useIsPhone();
	const many = drawing.flow.nodes.length;
	return (
		<CanvasContext value={store}>
			<section
				className="weft-canvas h-full w-full"
				data-run={run ? "" : undefined}
				aria-label={label}
				onKeyDown={onKeyDown}
			>
				<ReactFlow
					nodes={drawing.flow.nodes}
					edges={drawing.flow.edges}
					nodeTypes={NODE_TYPES}
					edgeTypes={EDGE_TYPES}
					fitView={!phone}
					fitViewOptions={FIT}
					defaultViewport={startOf(drawing)}
					{...CANVAS_OPTIONS}
					nodesDraggable={false}
					nodesConnectable={false}
					elementsSelectable={false}
					attributionPosition={phone ? "bottom-right" : "bottom-center"}
					onlyRenderVisibleElements={many > MANY.virtual}
					onPaneClick={() => props.onSelect(null)}
					onMove={(event) => event && follow.stop()}
				>
					<Background gap={20} size={2} color="var(--canvas-dot)" />
					<CanvasControls upright={run !== null} follow={live ? follow : undefined} fit={FIT} />
					{minimap && many <= MANY.minimap && <CanvasMinimap drawing={drawing} />}
					<CanvasDetail />
					<KeepCentered />
					{children}
				</ReactFlow>
				{run && <CanvasAnnouncer drawing={drawing} run={run} />}
			</section>
		</CanvasContext>
	);
}

function startOf({ layout: { bounds } }: Drawing): Viewport {
	return { x: PHONE.left - bounds.x * PHONE.zoom, y: PHONE.top - bounds.y * PHONE.zoom, zoom: PHONE.zoom };
}

/** Keeps the store that nodes read in step with the props; one store for the canvas's life. */
function useStoreOf(props: PlanCanvasProps) {
	const { drawing, run, started = false, selected, problems = NO_PROBLEMS, pinned = NO_PINS, onSelect, onTurn } = props;
	const { comments = NO_COMMENTS } = props;
	const state = {
		run,
		started,
		selected,
		problems,
		pinned,
		comments,
		onOpen: onSelect,
		onTurn: onTurn ?? ignore,
		edit: null,
	};
	const [store] = useState(() => createCanvasStore({ ...state, isZoomedOut: startsZoomedOut(drawing.layout.bounds) }));
	useEffect(() => {
		store.setState({ run, started, selected, problems, pinned, comments, onOpen: onSelect, onTurn: onTurn ?? ignore });
	}, [store, run, started, selected, problems, pinned, comments, onSelect, onTurn]);
	return store;
}

function ignore(): void {}
