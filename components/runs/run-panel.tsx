"use client";

import { PanelSection } from "@/components/ui/panel-section";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { Skeleton } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";
import { isEnded } from "@/server/runs/state";
import { countValues } from "../json/json-rows";
import { JsonTree } from "../json/json-tree";
import { ErrorCard } from "./step/error-card";
import type { RunScreen, Shown } from "./use-run-screen";

/** The run as a whole: what it was given and what it made. Shown while no step is chosen. */
export function RunPanel({ screen }: { screen: RunScreen }) {
	const { run, state, shows, parts } = screen;
	const ended = isEnded(state.phase.status);
	const output = run.output ?? undefined;
	const reading = ended && run.endedAt === null;
	return (
		<div className="flex h-full flex-col overflow-y-auto">
			<header className="flex h-14 flex-none items-center gap-2.5 px-4">
				<h2 className="min-w-0 flex-1 truncate font-semibold">Run {run.number}</h2>
				<StatusPill state={screen.look} />
			</header>
			{state.phase.status === "failed" && (
				<>
					<ErrorCard error={state.phase.error} />
					{parts?.failedActions()}
				</>
			)}
			{shows.inputs && (
				<PanelSection title="Input" end={countValues(run.input)}>
					<Value value={run.input} base={INPUTS} empty="This run was started without input." />
				</PanelSection>
			)}
			{shows.outputs && (
				<PanelSection title="Output" end={ended ? !reading && countValues(output) : "not yet"}>
					{reading ? (
						<Skeleton className="mx-4 mb-3 w-40" />
					) : (
						<Value
							value={output}
							empty={ended ? "This run has no output." : "It appears here when the run completes."}
						/>
					)}
				</PanelSection>
			)}
			<p className="px-4 py-3 text-12 text-ink-3">Choose a step to see {listShown(shows)}.</p>
		</div>
	);
}

function listShown({ read, outputs, logs }: Shown): string {
	const parts = ["its attempts", read && "input", outputs && "output", logs && "log"].filter((part) => part !== false);
	return parts.join(", ").replace(/, (?=[^,]*$)/, " and ");
}

const INPUTS = ["inputs"];

interface ValueProps {
	value: Json | undefined;
	base?: readonly string[];
	empty: string;
}

function Value({ value, base, empty }: ValueProps) {
	if (value === undefined || countValues(value) === "none")
		return <p className="px-4 pb-3 text-12 text-ink-3">{empty}</p>;
	return <JsonTree value={value} base={base} />;
}
