"use client";

import { errorText } from "@/components/trpc/error-text";
import { showError } from "@/components/ui/toaster";
import { downloadText } from "@/components/workflows/download-text";
import type { StepState } from "@/server/runs/state";
import { LogView } from "./log-view";
import { useStepLogs, useWholeLog } from "./use-step-logs";

interface StepLogsProps {
	team: string;
	runId: string;
	step: StepState;
}

/** The log of one execution of a step. */
export function StepLogs({ team, runId, step }: StepLogsProps) {
	const ref = { team, runId, nodeId: step.nodeId, iteration: step.iteration };
	const log = useStepLogs(ref, step.lastLogSeq);
	const readAll = useWholeLog(ref);
	const download = async () => {
		try {
			downloadText(`${step.nodeId}${step.iteration && `-${step.iteration}`}.log`, await readAll(), "text/plain");
		} catch (error) {
			showError(errorText(error));
		}
	};
	return (
		<LogView
			rows={log.rows}
			earlier={log.earlier}
			onEarlier={() => log.reader.loadEarlier()}
			loading={log.loading}
			error={log.error}
			onRetry={() => log.reader.retry()}
			onDownload={() => void download()}
			empty={step.phase.status === "running" ? "Nothing printed yet." : "This step printed nothing."}
		/>
	);
}
