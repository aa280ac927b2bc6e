import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import type { RunScreen } from "@/components/runs/use-run-screen";

export interface StillProps {
	screen: RunScreen<StillDrawing>;
	/** Called when something is wanted that has to be loaded first; with the label of what was pressed. */
	onUse: (label?: string) => void;
}
