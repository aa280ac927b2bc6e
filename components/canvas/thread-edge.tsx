"use client";

import type { EdgeProps } from "@xyflow/react";
import { memo, useState } from "react";
import { useCanvas } from "./canvas-store";
import type { ThreadFlowEdge } from "./to-flow";

/** A thread. One that becomes taken while it is watched fills from its source. */
export const ThreadEdge = memo(function ThreadEdge({ id, data }: EdgeProps<ThreadFlowEdge>) {
	const look = useCanvas((canvas) => (canvas.run ? (canvas.run.threads[id] ?? "pending") : "rest"));
	const [first] = useState(look);
	if (!data) return null;
	const fills = look !== first && (look === "completed" || look === "failed");
	return (
		<>
			{data.under && <path className="thread" data-look="under" d={data.under} />}
			{fills && <path className="thread" data-look="pending" d={data.path} />}
			<path
				key={fills ? look : "thread"}
				className="thread"
				data-look={look}
				data-fills={fills || undefined}
				pathLength={fills ? 1 : undefined}
				d={data.path}
			/>
		</>
	);
});
