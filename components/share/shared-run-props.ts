import type { ReactNode } from "react";
import type { TriggerCause } from "@/components/canvas/drawing/describe-trigger";
import type { SentDrawing } from "@/components/canvas/drawing/sent-drawing";
import type { RunState } from "@/server/runs/state";
import type { Shared } from "./share-client";

export interface SharedRunProps {
	token: string;
	run: Shared["run"];
	/** As the server drew it: the browser does without what knows the types of steps. */
	drawing: SentDrawing;
	cause: TriggerCause;
	/** How it stood when the page was made, and when that was. */
	state: RunState;
	paintedAt: number;
	/** What the run was given and what it made, drawn by the server. */
	values: { input: ReactNode; output: ReactNode };
}
