import { z } from "zod";
import { BULK_EVENTS, iterationSchema, type RunEvent } from "@/server/runs/events";
import { toRunEvent } from "@/server/runs/store/event-row";

/** The log of a run without its bulk text; times count from its beginning, in ms. */
export type SampleRun = readonly RunEvent[];

export const MAX_SAMPLE_EVENTS = 2_000;

const recordedSchema = z.object({
	type: z.string(),
	nodeId: z.string().nullable(),
	iteration: iterationSchema.default(""),
	at: z.number().min(0),
	data: z.unknown(),
});

/** `sample-run.json` beside a shipped plan. */
export const sampleRunSchema = z
	.array(recordedSchema)
	.min(2)
	.max(MAX_SAMPLE_EVENTS)
	.transform((events): SampleRun => events.map(({ at, ...event }, index) => toSample(event, { at, seq: index + 1 })));

function toSample(event: Omit<z.infer<typeof recordedSchema>, "at">, { at, seq }: { at: number; seq: number }) {
	return toRunEvent({ ...event, seq, at: new Date(at) });
}

const SOMEBODY = { kind: "user", id: "somebody", name: "Somebody" };

/** What `sample-run.json` keeps of a run: who started it and when is left out. */
export function recordSample(events: readonly RunEvent[]): z.input<typeof sampleRunSchema> {
	const begin = events[0]?.at ?? 0;
	const told = events.filter(({ type }) => !BULK_EVENTS.some((bulk) => bulk === type));
	return told.map((event) => ({
		type: event.type,
		nodeId: event.nodeId,
		...(event.iteration !== "" && { iteration: event.iteration }),
		at: Math.max(0, event.at - begin),
		data: withoutTraces(event, begin),
	}));
}

function withoutTraces({ data }: RunEvent, begin: number) {
	return {
		...data,
		...("actor" in data && { actor: SOMEBODY }),
		...("retryAt" in data && { retryAt: data.retryAt - begin }),
		...("until" in data && data.until !== undefined && { until: data.until - begin }),
	};
}
