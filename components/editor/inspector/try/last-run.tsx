"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import { useInspector } from "../inspector-context";

/** Where the values that are shown come from. */
export function LastRun({ before }: { before: "from" | "Values of" }) {
	const { last } = useInspector();
	if (last?.lastRun) {
		const { run, createdAt } = last.lastRun;
		return (
			<>
				{before} {run.kind === "draft" ? "test" : "run"} {run.number}, <RelativeTime at={createdAt} />
			</>
		);
	}
	const isTried = last !== undefined && Object.keys(last.steps).length > 0;
	return isTried ? `${before} the last tries` : "no run has shown values yet";
}
