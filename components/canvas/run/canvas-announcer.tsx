"use client";

import { useEffect, useRef, useState } from "react";
import type { StillDrawing } from "../drawing/draw-still";
import { announceChanges } from "./announce-changes";
import type { RunView } from "./view-run";

const DEBOUNCE_MS = 1_500;

/** A live region that announces what happened in a run, once nothing has changed for a while, so that it does not interrupt. */
export function CanvasAnnouncer({ drawing, run }: { drawing: StillDrawing; run: RunView }) {
	const [message, setMessage] = useState("");
	const announced = useRef(run);
	useEffect(() => {
		const timer = setTimeout(() => {
			const next = announceChanges(drawing, announced.current, run);
			announced.current = run;
			if (next) setMessage(next);
		}, DEBOUNCE_MS);
		return () => clearTimeout(timer);
	}, [drawing, run]);
	return (
		<div aria-live="polite" className="sr-only">
			{message}
		</div>
	);
}
