import { newId } from "@/db/new-id";
import type { NewEngineEvent } from "./insert-events";
import type { Run, RunEnd } from "./run";

/** The events that Inngest itself sends when a run ends; `onFailure` handlers listen to the second one. */
export function buildEndEvents(run: Run, end: RunEnd): (NewEngineEvent & { id: string })[] {
	const events: unknown[] = JSON.parse(run.events);
	const about = { function_id: run.fn.id, run_id: run.id, event: events[0], events };
	const make = (name: string, data: object) => ({ id: newId(), name, ts: Date.now(), data: { ...about, ...data } });
	switch (end.status) {
		case "completed":
			return [make("inngest/function.finished", { result: end.data ?? null })];
		case "failed":
			return [
				make("inngest/function.finished", { error: end.error }),
				make("inngest/function.failed", { error: end.error }),
			];
		case "cancelled":
			return [make("inngest/function.cancelled", {})];
	}
}
