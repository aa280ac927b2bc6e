"use client";

import { Eye } from "lucide-react";
import { useId, useState } from "react";
import type { Outputs } from "../../trpc/types";
import { Button } from "../../ui/button";
import { formatMoment } from "../../ui/format/format-time";
import { Field } from "../../ui/forms/field";
import { Select } from "../../ui/forms/select";
import { Switch } from "../../ui/forms/toggles";
import { RUN_LOOK_LABELS, runLook } from "../../ui/run-state/run-look";

type SampleRun = Outputs["templates"]["publication"]["runs"][number];

export interface SampleChoice {
	runId: string;
	outputs: boolean;
}

const NONE = "none";

/** Which run is shown: the newest that completed, until somebody chooses. */
export function useSampleChoice(runs: readonly SampleRun[] | undefined) {
	const [chosen, choose] = useState<string>();
	const [outputs, setOutputs] = useState(false);
	const proposed = runs?.find(({ status }) => status === "completed")?.id ?? NONE;
	const value = runs?.some(({ id }) => id === chosen) || chosen === NONE ? (chosen ?? NONE) : proposed;
	const sample: SampleChoice | null = value === NONE ? null : { runId: value, outputs };
	return { value, choose, outputs, setOutputs, sample };
}

interface SampleFieldProps {
	/** Undefined while they are read. */
	runs: readonly SampleRun[] | undefined;
	choice: ReturnType<typeof useSampleChoice>;
	onPreview: () => void;
}

/** The run that the template's page plays, and how much of it is told. */
export function SampleField({ runs, choice, onPreview }: SampleFieldProps) {
	const id = useId();
	const { value, choose, outputs, setOutputs, sample } = choice;
	return (
		<div>
			<Field
				label="Sample run"
				help={runs?.length === 0 ? NO_RUNS : "The template’s page plays it, for everybody who sees the template."}
			>
				{(control) => (
					<Select
						{...control}
						value={value}
						options={[
							...(runs ?? []).map((run) => ({ value: run.id, label: describeRun(run) })),
							{ value: NONE, label: "None" },
						]}
						onChange={choose}
					/>
				)}
			</Field>
			{sample && (
				<div className="mt-2 flex items-center gap-3">
					<label htmlFor={id} className="min-w-0 flex-1">
						<span className="block font-medium">With its outputs</span>
						<span className="block text-12 text-ink-3">
							The run’s result, approval questions, errors and loop items. Its inputs, and values that look private,
							stay redacted.
						</span>
					</label>
					<Switch id={id} checked={outputs} onCheckedChange={setOutputs} />
				</div>
			)}
			{sample && (
				<Button intent="ghost" size="form" className="mt-1 -ml-2 text-accent" onClick={onPreview}>
					<Eye />
					What this sends
				</Button>
			)}
		</div>
	);
}

const NO_RUNS = "No run of the published version has ended yet. Run it once, then choose it here.";

function describeRun({ number, status, isTest, endedAt }: SampleRun): string {
	const state = RUN_LOOK_LABELS[runLook(status)];
	return [`Run ${number}`, isTest ? `${state} test` : state, endedAt && formatMoment(endedAt)]
		.filter(Boolean)
		.join(" · ");
}
