"use client";

import { useCallback, useMemo } from "react";
import { useStore } from "zustand";
import { errorText } from "@/components/trpc/error-text";
import { showError } from "@/components/ui/toasts/toaster";
import { downloadText } from "@/components/workflows/yaml/download-text";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { Iteration } from "@/server/runs/events";
import { iterationName } from "../iteration-name";
import type { RunScreen } from "../use-run-screen";
import { marksOfRun } from "./log-marks";
import { LogView } from "./log-view";
import { readWholeLog, useLog } from "./use-log";

const ALL_STEPS = {};

/** The lines of all steps in the order in which they were printed. A model's answer is no log. */
export function AllLogs({ screen }: { screen: RunScreen }) {
	const { reader, run, state, drawing, store } = screen;
	const { graph } = drawing;
	const events = useStore(store, (record) => record.events);
	const marks = useMemo(() => marksOfRun(events), [events]);
	const nameOf = useCallback(
		({ nodeId, iteration }: { nodeId: NodeId | null; iteration: Iteration }) =>
			[nodeId === null ? "" : nameOfNode(graph, nodeId), iterationName(iteration)].filter(Boolean).join(" "),
		[graph],
	);
	const printed = useMemo(() => {
		const steps = Object.values(state.steps).filter((step) => step.lastLogSeq > 0);
		return {
			last: Math.max(0, ...steps.map((step) => step.lastLogSeq)),
			steps: [...new Set(steps.map((step) => step.nodeId))].map((id) => ({
				value: id,
				label: nameOfNode(graph, id),
			})),
		};
	}, [state.steps, graph]);
	const log = useLog(reader, ALL_STEPS, { to: printed.last });
	const download = async () => {
		try {
			downloadText(
				`${run.workflow.slug}-run-${run.number}.log`,
				await readWholeLog(reader, ALL_STEPS, nameOf),
				"text/plain",
			);
		} catch (error) {
			showError(errorText(error));
		}
	};
	return (
		<div className="flex h-full min-h-0 flex-col">
			<LogView
				log={log}
				marks={marks}
				steps={printed.steps}
				nameOf={nameOf}
				onStep={(place) => screen.select(place.nodeId, place.iteration)}
				onDownload={() => void download()}
				empty="No step has printed anything yet."
			/>
		</div>
	);
}
