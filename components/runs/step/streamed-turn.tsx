"use client";

import type { StepState } from "@/server/runs/state";
import { useLog } from "../logs/use-log";
import type { RunReader } from "../run-reader";

/** What the model of an agent says at the moment: the turn takes its place once that is recorded. */
export function StreamedTurn({ reader, step }: { reader: RunReader; step: StepState }) {
	const from = Math.max(step.turns?.at(-1)?.seq ?? 0, step.attempts.at(-1)?.seq ?? 0);
	const { tokens } = useLog(reader, step, { to: step.lastLogSeq, from });
	if (tokens === "") return null;
	return (
		<section aria-label="Under way" className="border-line border-t px-4 pt-2 pb-3 pl-9 text-ink-2">
			<p className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words">
				{tokens}
				<span aria-hidden="true" className="ml-0.5 inline-block h-3.5 w-1.5 animate-glow bg-ink-3" />
			</p>
		</section>
	);
}
