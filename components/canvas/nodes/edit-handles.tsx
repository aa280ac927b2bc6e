"use client";

import { Handle, Position } from "@xyflow/react";
import type { NodeId, PortName } from "@/server/plan/plan";
import { useCanvas } from "../canvas-store";

/** The part of a node in the connection being dragged: its source, a valid target, or the node under the pointer; undefined for others. */
export function useConnectionRole(id: NodeId): "source" | "valid" | "over" | "refused" | undefined {
	return useCanvas(({ edit }) => {
		const connection = edit?.connection;
		if (!connection) return undefined;
		if (connection.over === id) return connection.refused ? "refused" : "over";
		if (connection.fixed.node === id && connection.fixed.end === "source") return "source";
		return connection.validTargets.has(id) ? "valid" : undefined;
	});
}

/** The handle where edges enter. */
export function EntryHandle({ y }: { y: number }) {
	const editing = useCanvas((canvas) => canvas.edit !== null);
	return (
		<Handle
			type="target"
			id="in"
			position={Position.Left}
			className="in"
			style={{ top: y }}
			isConnectable={editing}
			isConnectableStart={false}
		/>
	);
}

interface ExitHandleProps {
	node: NodeId;
	port: PortName;
	y: number;
	full: boolean;
}

/** The handle where edges leave. While editing, connections are dragged from it and a click opens the list of steps. */
export function ExitHandle({ node, port, y, full }: ExitHandleProps) {
	const onInsert = useCanvas((canvas) => canvas.edit?.onInsert);
	return (
		<Handle
			type="source"
			id={port}
			position={Position.Right}
			className="out"
			data-full={full || undefined}
			style={{ top: y }}
			isConnectable={onInsert !== undefined}
			isConnectableEnd={false}
			onClick={(event) => onInsert?.({ kind: "after", from: node, port }, { x: event.clientX, y: event.clientY })}
		/>
	);
}
