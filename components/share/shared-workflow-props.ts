import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import type { SentDrawing } from "@/components/canvas/drawing/sent-drawing";
import type { Shared } from "./share-client";

export interface SharedWorkflowProps {
	token: string;
	workflow: Shared["workflow"];
	/** As the server drew it: the browser does without what knows the types of steps. */
	drawing: SentDrawing;
}

/** The same with its drawing, in the browser. */
export interface DrawnWorkflowProps extends Omit<SharedWorkflowProps, "drawing"> {
	drawing: StillDrawing;
}
