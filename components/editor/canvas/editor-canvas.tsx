"use client";

import "@xyflow/react/dist/base.css";
import "@/components/canvas/canvas.css";
import "@/components/canvas/canvas-containers.css";
import "@/components/canvas/canvas-run.css";
import "@/components/canvas/canvas-edges.css";
import "@/components/canvas/canvas-detail.css";
import "@/components/canvas/canvas-edit.css";
import { Background, type NodeTypes, ReactFlow, SelectionMode, type Viewport } from "@xyflow/react";
import { type ReactNode, type RefObject, useCallback, useRef } from "react";
import { CanvasControls } from "@/components/canvas/canvas-controls";
import { CanvasDetail } from "@/components/canvas/canvas-detail";
import { CanvasMinimap } from "@/components/canvas/canvas-minimap";
import { CANVAS_OPTIONS } from "@/components/canvas/canvas-options";
import { CanvasContext, useIsZoomedOut } from "@/components/canvas/canvas-store";
import { ContainerNode } from "@/components/canvas/nodes/container-node";
import { StepNode } from "@/components/canvas/nodes/step-node";
import { TriggerNode } from "@/components/canvas/nodes/trigger-node";
import { EditableEdge } from "@/components/canvas/plan-edge";
import { ConnectionLine } from "../connecting/connection-line";
import { useConnecting } from "../connecting/use-connecting";
import { useEditorSession, useSessionState } from "../editor-session";
import { useDrag } from "../moving/use-drag";
import { EditableNote } from "./editable-note";
import { FIT } from "./fit";
import { useCanvasFocus } from "./use-canvas-focus";
import { useFlowElements, useSelecting } from "./use-flow-elements";
import { useKeptFocus } from "./use-kept-focus";
import { usePointed } from "./use-pointed";

const NODE_TYPES: NodeTypes = { step: StepNode, container: ContainerNode, trigger: TriggerNode, note: EditableNote };
const EDGE_TYPES = { plan: EditableEdge };
/** Above these only what is in view is drawn, and the minimap costs more than it tells. */
const MANY = { virtual: 300, minimap: 500 };
/** The middle button pans; the left one draws a marquee on empty canvas, the right one opens the menu. */
const PAN_BUTTONS = [1];
/** Pixels a frame at the edge of the canvas, at most. */
const EDGE_SPEED = 5;
const JOIN_KEYS = ["Meta", "Control", "Shift"];

interface EditorCanvasProps {
	label: string;
	/** On a phone the drawing is only looked at: steps are opened, not moved. */
	isFixed: boolean;
	/** Toolbars and lists that float on the canvas. */
	children: ReactNode;
}

/** A plan on its canvas, to be drawn on. */
export function EditorCanvas({ label, isFixed, children }: EditorCanvasProps) {
	const { canvas } = useEditorSession();
	const frame = useRef<HTMLElement>(null);
	const onKeyDown = useCanvasFocus(frame);
	usePointed(frame);
	return (
		<CanvasContext value={canvas}>
			<section
				ref={frame}
				className="weft-canvas h-full w-full"
				data-editing={isFixed ? undefined : ""}
				aria-label={label}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one stop for Tab; arrows lead on from there
				tabIndex={0}
				onKeyDown={onKeyDown}
			>
				<Surface isFixed={isFixed}>
					<Background gap={20} size={2} color="var(--canvas-dot)" />
					<CanvasControls upright={false} fit={FIT} />
					<Minimap />
					<CanvasDetail />
					<KeptFocus frame={frame} />
					{children}
				</Surface>
			</section>
		</CanvasContext>
	);
}

/** Drawn with every frame of a drag; what stands on it is not. */
function Surface({ isFixed, children }: Omit<EditorCanvasProps, "label">) {
	const { moving, handlers } = useDrag();
	const { nodes, edges } = useFlowElements(moving);
	const selecting = useSelecting();
	const connecting = useConnecting();
	const isZoomedOut = useIsZoomedOut();
	const { view } = useEditorSession();
	const keepView = useCallback(
		(viewport: Viewport) => {
			view.current = viewport;
		},
		[view],
	);
	return (
		<ReactFlow
			nodes={nodes}
			edges={edges}
			nodeTypes={NODE_TYPES}
			edgeTypes={EDGE_TYPES}
			{...handlers}
			{...selecting}
			{...connecting}
			connectionLineComponent={ConnectionLine}
			connectOnClick={false}
			reconnectRadius={6}
			fitView={view.current === undefined}
			fitViewOptions={FIT}
			defaultViewport={view.current}
			onViewportChange={keepView}
			autoPanSpeed={EDGE_SPEED}
			{...CANVAS_OPTIONS}
			panOnScroll
			panOnDrag={isFixed || PAN_BUTTONS}
			selectionOnDrag={!isFixed}
			nodesDraggable={!isFixed}
			nodesConnectable={!isFixed}
			edgesReconnectable={!isFixed && !isZoomedOut}
			selectionMode={SelectionMode.Partial}
			selectionKeyCode={null}
			multiSelectionKeyCode={JOIN_KEYS}
			elevateNodesOnSelect={false}
			nodeDragThreshold={3}
			onlyRenderVisibleElements={nodes.length > MANY.virtual}
		>
			{children}
		</ReactFlow>
	);
}

/** On its own, because it looks at the drawing after every edit and the canvas need not. */
function KeptFocus({ frame }: { frame: RefObject<HTMLElement | null> }) {
	useKeptFocus(frame);
	return null;
}

function Minimap() {
	const drawing = useSessionState((state) => state.drawing);
	return drawing.flow.nodes.length <= MANY.minimap && <CanvasMinimap drawing={drawing} />;
}
