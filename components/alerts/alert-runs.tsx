import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import type { Outputs } from "../trpc/types";
import { RUN_LOOK_LABELS, runLook } from "../ui/run-state/run-look";
import { StateIcon } from "../ui/run-state/state-icon";

export type AlertItem = Outputs["alerts"]["list"]["items"][number];
export type AlertRun = AlertItem["runs"][number];
export type Alert = NonNullable<Outputs["alerts"]["read"]>;

/** Runs that a row names. */
const MOST = 3;

/** The runs that an episode has started, each with how it is doing. */
export function AlertRuns({ runs }: { runs: readonly AlertRun[] }) {
	const started = runs.filter(({ run }) => run !== null);
	if (started.length === 0) return <span className="text-12 text-ink-3">{explainNone(runs)}</span>;
	return (
		<span className="inline-flex flex-wrap items-center gap-x-4 gap-y-1">
			{started.slice(0, MOST).map((each) => (
				<AlertRunLink key={each.run?.id} {...each} />
			))}
			{started.length > MOST && <span className="text-12 text-ink-3">and {started.length - MOST} more</span>}
		</span>
	);
}

export function AlertRunLink({ run, workflow }: Pick<AlertRun, "run" | "workflow">) {
	const { team } = useViewer();
	if (!run) return null;
	const look = runLook(run.status);
	return (
		<Link
			href={`/${team.slug}/workflows/${workflow.slug}/runs/${run.number}`}
			data-state={look}
			className="relative z-[1] inline-flex items-center gap-1.5 font-medium text-(--c) tabular-nums hover:underline"
			title={`${workflow.name}: ${RUN_LOOK_LABELS[look]}`}
		>
			<StateIcon state={look} className="size-3.5" />
			<span className="sr-only">{`${workflow.name}, run `}</span>
			{run.number}
		</Link>
	);
}

function explainNone(runs: readonly AlertRun[]): string {
	if (runs.some(({ dueAt }) => dueAt !== null)) return "waits for its group";
	return runs.length > 0 ? "has none" : "starts none";
}
