"use client";

import { Square } from "lucide-react";
import { ModelChoice } from "../models/model-choice";
import { Button } from "../ui/button";
import { formatCost, formatCount } from "../ui/format/format-number";
import { formatDuration } from "../ui/format/format-time";
import { PanelSection } from "../ui/panel-section";
import type { PromptTesting, TestState } from "./use-prompt-test";

/** Which model is asked, and what it answers. */
export function PromptTest({ test }: { test: PromptTesting }) {
	const { state, choice, setChoice } = test;
	return (
		<PanelSection title="Test run" end={<TestStatus state={state} />}>
			<div className="grid gap-2.5 px-4 pt-1 pb-3">
				<ModelChoice choice={choice} onChange={setChoice} />
				<Answer test={test} />
			</div>
		</PanelSection>
	);
}

function TestStatus({ state }: { state: TestState }) {
	if (state.status === "none") return null;
	if (state.status === "running") return <span role="status">Running…</span>;
	return <span role="status">{state.status === "done" ? `Completed, ${formatDuration(state.ms)}` : "Failed"}</span>;
}

function Answer({ test: { state, stop } }: { test: PromptTesting }) {
	if (state.status === "none")
		return <p className="text-12 text-ink-3">Press “Test run” to ask the model with the sample data.</p>;
	return (
		<>
			{state.text !== "" && (
				<section
					aria-label="Answer"
					className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-2 border border-line bg-sunken px-3 py-2 text-12 leading-[18px]"
				>
					{state.text}
				</section>
			)}
			{state.status === "running" && (
				<Button className="justify-self-start" onClick={stop}>
					<Square />
					Stop
				</Button>
			)}
			{state.status === "failed" && (
				<p role="alert" className="text-12 text-failed">
					{state.message}
				</p>
			)}
			{state.status === "done" && (
				<p className="flex flex-wrap gap-x-3 text-12 text-ink-2 tabular-nums">
					<span>{state.usage.model}</span>
					<span>{`${formatCount(state.usage.inputTokens)} in, ${formatCount(state.usage.outputTokens)} out`}</span>
					<span>{formatCost(state.usage.costUsd)}</span>
				</p>
			)}
		</>
	);
}
