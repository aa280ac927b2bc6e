import { z } from "zod";
import type { NewEngineEvent } from "./insert-events";
import { checkpointSchema, type Op } from "./protocol";

interface Backend {
	send: (events: NewEngineEvent[]) => Promise<string[]>;
	checkpoint: (runId: string, dispatchId: string, ops: Op[]) => Promise<boolean>;
}

const eventSchema = z.looseObject({
	id: z.string().optional(),
	name: z.string().min(1),
	data: z.unknown().optional(),
	ts: z.number().optional(),
});

/** Answers what the SDK asks of an Inngest server. */
export async function respond(
	input: Parameters<typeof fetch>[0],
	init: RequestInit | undefined,
	backend: Backend,
): Promise<Response> {
	const { pathname } = new URL(input instanceof Request ? input.url : String(input));
	if (pathname.startsWith("/e/")) {
		const events = z.array(eventSchema).parse([readBody(init)].flat());
		return Response.json({ ids: await backend.send(events), status: 200 });
	}
	const [, runId] = /^\/v1\/checkpoint\/([^/]+)\/async$/.exec(pathname) ?? [];
	if (runId !== undefined) {
		const { qi_id, steps } = checkpointSchema.parse(readBody(init));
		const goOn = await backend.checkpoint(decodeURIComponent(runId), qi_id, steps);
		return goOn ? Response.json({}) : Response.json({ error: "This dispatch is stale." }, { status: 409 });
	}
	const error = `The embedded engine does not support ${pathname}. Set WEFT_ENGINE=inngest to use it.`;
	return Response.json({ error, status: 501 }, { status: 501 });
}

function readBody(init: RequestInit | undefined): unknown {
	return JSON.parse(String(init?.body ?? "null"));
}
