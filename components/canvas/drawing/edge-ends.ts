import type { NodeId, PortName } from "@/server/plan/plan";

/**
 * What an edge joins. `start`: the triggers to a root. `edge`: a port to a step. `enter` and `leave`: a container's
 * border to the first steps of its body, and from the last ones.
 */
export type EdgeEnds =
	| { kind: "start"; to: NodeId }
	| { kind: "edge"; from: NodeId; port: PortName; to: NodeId }
	| { kind: "enter"; container: NodeId; to: NodeId }
	| { kind: "leave"; from: NodeId; port: PortName; container: NodeId };

/** React Flow's name for the trigger card, which is no node of the plan. */
export const TRIGGER_ID = "~trigger";

export function edgeId(end: EdgeEnds): string {
	switch (end.kind) {
		case "start":
			return `${TRIGGER_ID}>${end.to}`;
		case "edge":
			return `${end.from}.${end.port}>${end.to}`;
		case "enter":
			return `${end.container}>>${end.to}`;
		case "leave":
			return `${end.from}.${end.port}>>${end.container}`;
	}
}
