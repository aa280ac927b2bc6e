"use client";

import { useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { runLook } from "@/components/ui/run-look";
import { StateIcon } from "@/components/ui/state-icon";
import { type StepState, stepKey } from "@/server/runs/state";
import { StepLogs } from "./step-logs";
import type { RunScreen } from "./use-run-screen";

/** The steps that printed something, in order, beside the log of one of them. A model's answer is no log. */
export function AllLogs({ screen }: { screen: RunScreen }) {
	const { state, selected, drawing } = screen;
	const printed = useMemo(
		() =>
			Object.values(state.steps)
				.filter((step) => step.lastLogSeq > 0 && drawing.graph.nodes.get(step.nodeId)?.type !== "llm")
				.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0)),
		[state, drawing],
	);
	const [chosen, setChosen] = useState<string | null>(() => selected && stepKey(selected.id, selected.view.iteration));
	const step = printed.find((candidate) => keyOf(candidate) === chosen) ?? latest(printed);
	if (!step) return <p className="px-4 py-3 text-12 text-ink-3">No step has printed anything yet.</p>;
	return (
		<div className="grid h-full min-h-0 grid-cols-[200px_minmax(0,1fr)]">
			<ul aria-label="Steps with logs" className="min-h-0 overflow-y-auto border-line border-r py-1">
				{printed.map((candidate) => (
					<li key={keyOf(candidate)}>
						<button
							type="button"
							aria-current={candidate === step || undefined}
							className={cn(
								"flex h-7 w-full items-center gap-2 px-4 text-left text-12 hover:bg-fill",
								candidate === step && "bg-fill",
							)}
							onClick={() => setChosen(keyOf(candidate))}
						>
							<StateIcon state={runLook(candidate.phase.status)} className="size-3.5" />
							<span className="truncate">{nameOf(screen, candidate)}</span>
						</button>
					</li>
				))}
			</ul>
			<div className="flex min-h-0 min-w-0 flex-col">
				<StepLogs key={keyOf(step)} team={screen.team} runId={screen.run.id} step={step} />
			</div>
		</div>
	);
}

function keyOf(step: StepState): string {
	return stepKey(step.nodeId, step.iteration);
}

function latest(steps: readonly StepState[]): StepState | undefined {
	return [...steps].sort((a, b) => b.lastLogSeq - a.lastLogSeq)[0];
}

function nameOf(screen: RunScreen, { nodeId, iteration }: StepState): string {
	const name = screen.drawing.graph.nodes.get(nodeId)?.name ?? nodeId;
	const numbers = iteration.split(".").map((index) => Number(index) + 1);
	return iteration === "" ? name : `${name} ${numbers.join(".")}`;
}
