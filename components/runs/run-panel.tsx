import type { ReactNode } from "react";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { PanelSection } from "@/components/ui/panel-section";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { Skeleton } from "@/components/ui/skeleton";
import { isEnded } from "@/server/runs/state";
import { countValues } from "../json/count-values";
import { ErrorCard } from "./step/error-card";
import type { RunScreen, Shown } from "./use-run-screen";

interface RunPanelProps {
	screen: Pick<RunScreen<StillDrawing>, "state" | "shows" | "parts" | "look"> & {
		run: Pick<RunScreen["run"], "number" | "input" | "output" | "endedAt">;
	};
	/** What it was given and what it made; null where that is nothing. */
	values: { input: ReactNode; output: ReactNode };
	/** The files of its steps, where they can be looked at. */
	files?: ReactNode;
}

/** The run as a whole: what it was given and what it made. Shown while no step is chosen. */
export function RunPanel({ screen, values, files }: RunPanelProps) {
	const { run, state, shows, parts } = screen;
	const ended = isEnded(state.phase.status);
	const reading = ended && run.endedAt === null;
	return (
		<div className="flex h-full flex-col overflow-y-auto">
			<header className="flex h-14 flex-none items-center gap-2.5 px-4">
				<h2 className="min-w-0 flex-1 truncate font-semibold">Run {run.number}</h2>
				<StatusPill state={screen.look} />
			</header>
			{parts?.origin}
			{state.phase.status === "failed" && (
				<>
					<ErrorCard error={state.phase.error} />
					{parts?.failedActions()}
				</>
			)}
			{shows.inputs && (
				<PanelSection title="Input" end={countValues(run.input)}>
					{values.input ?? <Nothing>This run was started without input.</Nothing>}
				</PanelSection>
			)}
			{shows.outputs && (
				<PanelSection title="Output" end={ended ? !reading && countValues(run.output) : "not yet"}>
					{reading ? (
						<Skeleton className="mx-4 mb-3 w-40" />
					) : (
						(ended && values.output) || (
							<Nothing>{ended ? "This run has no output." : "It appears here when the run completes."}</Nothing>
						)
					)}
				</PanelSection>
			)}
			{files}
			{parts?.comments(null)}
			<p className="px-4 py-3 text-12 text-ink-3">Choose a step to see {listShown(shows)}.</p>
		</div>
	);
}

function listShown({ read, outputs, logs }: Shown): string {
	const parts = ["its attempts", read && "input", outputs && "output", logs && "log"].filter((part) => part !== false);
	return parts.join(", ").replace(/, (?=[^,]*$)/, " and ");
}

function Nothing({ children }: { children: string }) {
	return <p className="px-4 pb-3 text-12 text-ink-3">{children}</p>;
}
