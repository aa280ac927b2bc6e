import { useMemo } from "react";
import { drawStill } from "@/components/canvas/drawing/draw-still";
import { PlanPicture } from "@/components/canvas/picture/plan-picture";
import { viewRun } from "@/components/canvas/run/view-run";
import { phoneRows } from "@/components/runs/phone/phone-rows";
import { FitPicture } from "@/components/templates/fit-picture";
import { runLook } from "@/components/ui/run-state/run-look";
import { StateIcon, StatusPill } from "@/components/ui/run-state/state-icon";
import type { RunState } from "@/server/runs/state";
import type { Shared } from "./share-client";
import { SharedBar } from "./shared-bar";

interface FirstPaintProps {
	run: Shared["run"];
	token: string;
	state: RunState;
}

/** A shared run as the server paints it, for large screens and small ones: it needs no script. */
export function FirstPaint({ run, token, state }: FirstPaintProps) {
	const drawing = useMemo(() => drawStill(run.plan), [run.plan]);
	const view = useMemo(() => viewRun(drawing, state), [drawing, state]);
	const look = runLook(run.shownStatus);
	const { bounds } = drawing.layout;
	// No clock runs before the page is alive: the server's and the browser's would differ.
	const now = (run.endedAt ?? run.startedAt ?? run.createdAt).getTime();
	return (
		<div className="grid h-dvh grid-rows-[48px_40px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[52px_92px_minmax(0,1fr)]">
			<div className="contents phone:hidden">
				<SharedBar run={run} token={token} status={<StatusPill state={look} />} />
			</div>
			<header className="hidden h-13 border-line border-b bg-page px-4 phone:grid phone:content-center">
				<p className="truncate font-semibold text-[15px]">{run.workflow.name}</p>
				<p data-state={look} className="flex items-center gap-1.5 text-12 text-(--c) tabular-nums">
					<span className="text-ink-3">{run.number}</span>
					<StateIcon state={look} />
				</p>
			</header>
			<div className="border-line border-b bg-panel phone:bg-canvas" />
			<main className="min-h-0 overflow-hidden bg-canvas phone:bg-panel">
				<section aria-label="Drawing of the run" data-run="" className="weft-canvas relative size-full phone:hidden">
					<FitPicture width={bounds.width} height={bounds.height}>
						<PlanPicture drawing={drawing} run={{ view, now }} scale={1} />
					</FitPicture>
				</section>
				<ol aria-label="Steps" className="hidden px-4 py-1 phone:block">
					{phoneRows(drawing.graph, view).map((row) => (
						<li key={row.id} className="flex min-h-11 items-center gap-3" style={{ paddingLeft: row.depth * 24 }}>
							<StateIcon state={row.view.look === "pending" ? "queued" : row.view.look} className="mx-0.5 size-5" />
							<span className="truncate font-medium">{row.name}</span>
						</li>
					))}
				</ol>
			</main>
		</div>
	);
}
