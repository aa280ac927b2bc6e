"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { showError } from "@/components/ui/toasts/toaster";
import { downloadText } from "@/components/workflows/yaml/download-text";
import type { StepState } from "@/server/runs/state";
import { commandOf, exitCodeOf, marksOfStep } from "./log-marks";
import { LogView } from "./log-view";
import { useLog, useWholeLog } from "./use-log";

interface StepLogsProps {
	team: string;
	runId: string;
	step: StepState;
	/** Of the step: what programs ran is shown with their lines. */
	type?: string;
}

/** The log of one execution of a step, attempt by attempt. */
export function StepLogs({ team, runId, step, type }: StepLogsProps) {
	const ref = { team, runId, nodeId: step.nodeId, iteration: step.iteration };
	const log = useLog(ref, step.lastLogSeq);
	const readAll = useWholeLog(ref);
	const trpc = useTRPC();
	const { data } = useQuery(trpc.runs.step.queryOptions(ref, { enabled: type !== undefined }));
	const command = commandOf(type, data?.input ?? undefined);
	const exitCode = exitCodeOf(data?.output ?? undefined);
	const hasSaid = command !== undefined || step.lastLogSeq > 0;
	const marks = useMemo(
		() => (hasSaid ? marksOfStep(step, { command, exitCode }) : []),
		[hasSaid, step, command, exitCode],
	);
	const download = async () => {
		try {
			downloadText(`${step.nodeId}${step.iteration && `-${step.iteration}`}.log`, await readAll(), "text/plain");
		} catch (error) {
			showError(errorText(error));
		}
	};
	return (
		<LogView
			log={log}
			marks={marks}
			onDownload={() => void download()}
			empty={step.phase.status === "running" ? "Nothing printed yet." : "This step printed nothing."}
		/>
	);
}
