"use client";

import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { keyOfTrigger, type Trigger } from "@/server/triggers/catalog";
import { useCanvas, useIsZoomedOut } from "../canvas-store";
import { describeTrigger } from "../drawing/describe-trigger";
import { TRIGGER_ID } from "../drawing/edge-ends";
import { NODE, NOTE } from "../drawing/geometry";
import { type NoteFlowNode, TRIGGER_HANDLES, type TriggerFlowNode } from "../drawing/to-flow";
import { ExitHandle } from "./edit-handles";
import { TriggerRow } from "./trigger-row";
import { ZoomedOutHandles } from "./zoomed-out-handles";

/** What starts a run: one row a trigger, before the first steps. */
export const TriggerNode = memo(function TriggerNode({ data }: NodeProps<TriggerFlowNode>) {
	const started = useCanvas((canvas) => canvas.started);
	const isZoomedOut = useIsZoomedOut();
	return (
		<div
			className="node trigger"
			data-category="trigger"
			data-state={started ? "completed" : undefined}
			data-single={data.triggers.length < 2 || undefined}
		>
			{data.triggers.map((trigger) => (
				<OpenableRow key={keyOfTrigger(trigger)} trigger={trigger} inputs={data.inputs} />
			))}
			{isZoomedOut ? (
				<ZoomedOutHandles handles={TRIGGER_HANDLES} />
			) : (
				<ExitHandle node={TRIGGER_ID} port="out" y={NODE.handleY} full={started} />
			)}
			{started && (
				<span className="badge">
					<StateIcon state="completed" label="" className="size-3.5" />
				</span>
			)}
		</div>
	);
});

/** While the plan is edited a row opens the settings of its trigger. */
function OpenableRow({ trigger, inputs }: { trigger: Trigger; inputs: number }) {
	const open = useCanvas(({ edit }) => edit?.onTrigger);
	const look = describeTrigger(trigger, inputs);
	return <TriggerRow look={look} {...(open && { onOpen: () => open(keyOfTrigger(trigger)) })} />;
}

export const NoteNode = memo(function NoteNode({ data, height }: NodeProps<NoteFlowNode>) {
	return (
		<div className="note" title={data.text}>
			<NoteText height={height}>{data.text}</NoteText>
		</div>
	);
});

/** As many whole lines as a note has room for, with an ellipsis where there is more. */
export function NoteText({ height = 0, children }: { height?: number | undefined; children: ReactNode }) {
	const lines = Math.floor((height - 2 * NOTE.padding) / NOTE.line);
	return (
		<span className="text" style={{ WebkitLineClamp: Math.max(1, lines) }}>
			{children}
		</span>
	);
}
