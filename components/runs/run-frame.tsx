import type { ReactNode } from "react";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { describeLook } from "@/components/canvas/run/describe-step";
import { isEnded } from "@/server/runs/state";
import { RunFacts } from "./run-facts";
import type { RunScreen } from "./use-run-screen";

/** Widths and heights of its panels in px, until somebody resizes them. */
export const FRAME = { side: 360, details: 252, closed: 35 } as const;

interface RunFrameProps {
	screen: RunScreen<StillDrawing>;
	/** Across the top. */
	bar: ReactNode;
	canvas: ReactNode;
	/** Under the canvas. */
	details: ReactNode;
	/** At the right; null when it is hidden. */
	side: ReactNode;
	sizes?: { side: number; details: number };
}

/** Where everything stands on the page of a run, on a screen with room. */
export function RunFrame({ screen, bar, canvas, details, side, sizes = FRAME }: RunFrameProps) {
	const { run, state, look } = screen;
	return (
		<div
			className="grid h-dvh overflow-hidden"
			style={{ grid: `48px 40px minmax(0, 1fr) / minmax(0, 1fr) ${side ? `min(${sizes.side}px, 50%)` : "0px"}` }}
		>
			{bar}
			<RunFacts screen={screen} />
			<main
				className="grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)]"
				style={{ gridTemplateRows: `minmax(0, 1fr) min(${sizes.details}px, 50%)` }}
			>
				{canvas}
				<section aria-label="Details of the run" className="relative min-h-0 border-line border-t bg-panel">
					{details}
				</section>
			</main>
			{side}
			<span className="sr-only" aria-live="polite">
				{isEnded(state.phase.status) && `Run ${run.number} ${describeLook(look)}`}
			</span>
		</div>
	);
}
