"use client";

import { useQuery } from "@tanstack/react-query";
import { Scissors } from "lucide-react";
import { useEffect, useRef } from "react";
import { errorText } from "@/components/trpc/error-text";
import { ErrorRow } from "@/components/ui/error-row";
import { PanelSection } from "@/components/ui/panel-section";
import { Skeleton } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";
import type { StepState } from "@/server/runs/state";
import { countValues } from "../../json/count-values";
import { JsonTree } from "../../json/json-tree";
import type { RunReader } from "../run-reader";
import type { Shown } from "../use-run-screen";
import { describeTruncation } from "./describe-truncation";

/** A step that takes its time records its input soon after it began. */
const LOOK_FOR_INPUT_MS = 500;

interface StepValuesProps {
	reader: RunReader;
	shows: Shown;
	step: StepState;
	/** Folded at first: on a failed step the error and its attempts come before, of an agent what it has found. */
	folded: boolean;
}

/** What went into a step and what came out of it. */
export function StepValues({ reader, shows, step, folded }: StepValuesProps) {
	const { nodeId, iteration } = step;
	const isRunning = step.phase.status === "running";
	const values = useQuery({
		...reader.step({ nodeId, iteration }),
		enabled: shows.outputs,
		refetchInterval: ({ state }) => isRunning && shows.read && !state.data?.input && LOOK_FOR_INPUT_MS,
	});
	useReadAgain(values, `${step.phase.status} ${step.attempts.length}`);
	const words = wordsFor(step);
	// The film of a run shows moments at which a step had not ended that has by now.
	const output = words.pending ? undefined : values.data?.output;
	return (
		<>
			{shows.read && (
				<PanelSection title="Input" startOpen={!folded} end={values.data && endOf(values.data.input, words.pending)}>
					<Value query={values} value={values.data?.input} empty={words.input} />
				</PanelSection>
			)}
			{shows.outputs && (
				<PanelSection title="Output" startOpen={!folded} end={values.data && endOf(output, words.pending)}>
					<Truncation output={output} />
					<Value query={values} value={output} base={["steps", nodeId, "output"]} empty={words.output} />
				</PanelSection>
			)}
		</>
	);
}

function Truncation({ output }: { output: Json | null | undefined }) {
	return describeTruncation(output ?? undefined).map((sentence) => (
		<p key={sentence} className="flex gap-2 px-4 pb-2 text-12 text-ink-2">
			<Scissors aria-hidden="true" className="mt-0.5 size-3.5 flex-none" />
			<span className="min-w-0 break-words">{sentence}</span>
		</p>
	));
}

/** What stands in the place of a value that is not there; values are recorded with how the step ended. */
function wordsFor({ phase: { status } }: StepState) {
	if (["running", "retrying", "waiting", "pending"].includes(status)) {
		const input = "It appears here once the step has begun.";
		return { pending: true, input, output: "It appears here when the step has ended." };
	}
	if (status === "cancelled") {
		const cut = "The step was stopped before this was recorded.";
		return { pending: false, input: cut, output: cut };
	}
	return { pending: false, input: "This step has no input.", output: "This step has no output." };
}

function endOf(value: Json | null | undefined, pending: boolean): string {
	return pending && (value === null || value === undefined) ? "not yet" : countValues(value);
}

/** The values of a step change with its state; the first reading is the query's own. */
function useReadAgain({ refetch }: { refetch: () => unknown }, stage: string): void {
	const read = useRef(stage);
	useEffect(() => {
		if (read.current === stage) return;
		read.current = stage;
		void refetch();
	}, [stage, refetch]);
}

interface ValueProps {
	query: { isLoading: boolean; error: unknown; refetch: () => unknown };
	value: Json | null | undefined;
	base?: readonly string[];
	empty: string;
}

function Value({ query, value, base, empty }: ValueProps) {
	if (query.error && value === undefined)
		return <ErrorRow onRetry={() => query.refetch()}>{errorText(query.error)}</ErrorRow>;
	if (query.isLoading) return <Skeleton className="mx-4 mb-3 w-40" />;
	if (value === undefined || value === null) return <p className="px-4 pb-3 text-12 text-ink-3">{empty}</p>;
	return <JsonTree value={value} base={base} />;
}
