import { isObject } from "@/server/plan/values/json";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { formatDuration } from "../ui/format/format-time";
import { RUN_LOOK_LABELS, runLook } from "../ui/run-state/run-look";

/** Fields of its result that are shown, and characters of each. */
const MOST = { fields: 8, characters: 400 };

/** How a recorded run went, and what it put out. */
export function RecordedRun({ events, isShipped }: { events: readonly RunEvent[]; isShipped: boolean }) {
	const { phase } = foldRun(initialRunState, [...events]);
	const lasts = formatDuration(events.at(-1)?.at ?? 0);
	const fields = phase.status === "completed" ? fieldsOf(phase.output) : [];
	return (
		<>
			<p className="text-12 text-ink-2 tabular-nums">
				{RUN_LOOK_LABELS[runLook(phase.status)]} in {lasts}
				{isShipped ? ", with the demo model and sample data." : "."}
			</p>
			{fields.length > 0 && (
				<dl className="mt-2 grid gap-1.5">
					{fields.map(([name, value]) => (
						<div key={name}>
							<dt className="text-11 text-ink-3">{name}</dt>
							<dd className="line-clamp-6 whitespace-pre-wrap font-mono text-11 text-ink-2 wrap-anywhere">
								{shorten(value)}
							</dd>
						</div>
					))}
				</dl>
			)}
		</>
	);
}

function fieldsOf(output: unknown): [string, unknown][] {
	return isObject(output) ? Object.entries(output).slice(0, MOST.fields) : [];
}

function shorten(value: unknown): string {
	const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
	return text.length > MOST.characters ? `${text.slice(0, MOST.characters)}…` : text;
}
