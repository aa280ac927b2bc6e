"use client";

import { useEffect, useRef, useState } from "react";
import { announceChanges } from "./announce-changes";
import type { Drawing } from "./draw-plan";
import type { RunView } from "./view-run";

const QUIET_MS = 1_500;

/** Says what happened on the canvas, at most once in a while, when it does not interrupt. */
export function CanvasAnnouncer({ drawing, run }: { drawing: Drawing; run: RunView }) {
	const [message, setMessage] = useState("");
	const said = useRef(run);
	useEffect(() => {
		const timer = setTimeout(() => {
			const next = announceChanges(drawing, said.current, run);
			said.current = run;
			if (next) setMessage(next);
		}, QUIET_MS);
		return () => clearTimeout(timer);
	}, [drawing, run]);
	return (
		<div aria-live="polite" className="sr-only">
			{message}
		</div>
	);
}
