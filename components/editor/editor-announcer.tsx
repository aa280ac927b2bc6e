"use client";

import { useSessionState } from "./editor-session";

/** Says what has just been done, when it does not interrupt. Two lines in turn, so that the same words are heard twice. */
export function EditorAnnouncer() {
	const { text, number } = useSessionState((state) => state.announcement);
	return (
		<div className="sr-only">
			{[0, 1].map((line) => (
				<div key={line} role="status" aria-live="polite">
					{number % 2 === line ? text : ""}
				</div>
			))}
		</div>
	);
}
