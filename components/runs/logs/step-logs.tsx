"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { errorText } from "@/components/trpc/error-text";
import { showError } from "@/components/ui/toasts/toaster";
import { downloadText } from "@/components/workflows/yaml/download-text";
import type { StepState } from "@/server/runs/state";
import type { RunReader } from "../run-reader";
import { commandOf, exitCodeOf, marksOfStep } from "./log-marks";
import { LogView } from "./log-view";
import { readWholeLog, useLog } from "./use-log";

interface StepLogsProps {
	reader: RunReader;
	step: StepState;
	/** Of the step: what programs ran is shown with their lines. */
	type?: string;
}

/** The log of one execution of a step, attempt by attempt. */
export function StepLogs({ reader, step, type }: StepLogsProps) {
	const { nodeId, iteration } = step;
	const log = useLog(reader, { nodeId, iteration }, { to: step.lastLogSeq });
	const { data } = useQuery({ ...reader.step({ nodeId, iteration }), enabled: type !== undefined });
	const command = commandOf(type, data?.input ?? undefined);
	const exitCode = exitCodeOf(data?.output ?? undefined);
	const hasSaid = command !== undefined || step.lastLogSeq > 0;
	const marks = useMemo(
		() => (hasSaid ? marksOfStep(step, { command, exitCode }) : []),
		[hasSaid, step, command, exitCode],
	);
	const download = async () => {
		try {
			downloadText(
				`${step.nodeId}${step.iteration && `-${step.iteration}`}.log`,
				await readWholeLog(reader, { nodeId, iteration }),
				"text/plain",
			);
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
