"use client";

import { useEffect, useRef } from "react";
import { Chip } from "@/components/ui/chip";
import { formatCost, formatCount } from "@/components/ui/format/format-number";
import { billedUsd, type StepState, totalTokens } from "@/server/runs/state";
import { useLog } from "../logs/use-log";
import type { RunReader } from "../run-reader";

interface StepAnswerProps {
	reader: RunReader;
	step: StepState;
}

/** A model's answer as it streams. */
export function StepAnswer({ reader: source, step }: StepAnswerProps) {
	const log = useLog(source, step, { to: step.lastLogSeq });
	const end = useRef<HTMLDivElement>(null);
	const running = step.phase.status === "running";
	const { earlier, loading, reader, tokens } = log;
	useEffect(() => {
		if (earlier && !loading) reader.loadEarlier();
	}, [earlier, loading, reader]);
	useEffect(() => {
		if (running && tokens !== "") end.current?.scrollIntoView({ block: "nearest" });
	}, [running, tokens]);
	return (
		<div className="max-h-80 overflow-y-auto px-4 pb-3">
			<p className="whitespace-pre-wrap break-words">
				{tokens}
				{running && <span aria-hidden="true" className="ml-0.5 inline-block h-3.5 w-1.5 animate-glow bg-ink-3" />}
			</p>
			{tokens === "" && !running && <p className="text-12 text-ink-3">The answer is in the output.</p>}
			<div ref={end} />
		</div>
	);
}

/** What an answer took. */
export function UsageLine({ step }: { step: StepState }) {
	const tokens = step.usage.reduce((sum, usage) => sum + totalTokens(usage), 0);
	const cost = billedUsd(step.usage);
	const about = step.usage.some(({ estimated }) => estimated) ? "about " : "";
	const models = [...new Set(step.usage.map((usage) => usage.model))];
	return (
		<span className="flex items-center gap-1.5 tabular-nums">
			{models.join(", ")} · {formatCount(tokens)} tokens{cost > 0 && ` · ${about}${formatCost(cost)}`}
		</span>
	);
}

export function DemoChip() {
	return (
		<Chip tone="warn" title="Made by the built-in demo provider, not by a model">
			demo
		</Chip>
	);
}
