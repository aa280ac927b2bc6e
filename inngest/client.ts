import { Inngest } from "inngest";
import type { Sql } from "@/db/client";
import { getEnv } from "@/server/env";
import { oncePerProcess } from "@/server/once-per-process";
import type { JsonObject } from "@/server/plan/values/json";
import { insertEngineEvents } from "./embedded/insert-events";

/** The events that Weft's functions listen to. All carry the run they are about. */
export interface EngineEvent {
	id: string;
	name: "weft/run.requested" | "weft/run.stopped" | "weft/run.resumed" | "weft/wait.answered";
	data: JsonObject;
}

/**
 * The Inngest client. In embedded mode the worker passes the engine's `fetch`; the functions do not know which engine
 * drives them.
 */
export function createInngest(
	options: Pick<Partial<ConstructorParameters<typeof Inngest>[0]>, "id" | "fetch" | "logger"> = {},
): Inngest {
	const env = getEnv();
	return new Inngest({
		id: "weft",
		isDev: env.WEFT_ENGINE === "embedded" ? true : env.INNGEST_SIGNING_KEY === undefined,
		baseUrl: env.INNGEST_BASE_URL,
		eventKey: env.INNGEST_EVENT_KEY,
		signingKey: env.INNGEST_SIGNING_KEY,
		...options,
	});
}

/** Hands events to the engine: rows in its tables when it is embedded, a request to the Inngest server otherwise. */
export async function sendEngineEvents(sql: Sql, events: EngineEvent[]): Promise<void> {
	if (getEnv().WEFT_ENGINE === "embedded") {
		await insertEngineEvents(sql, events);
		return;
	}
	const client = oncePerProcess("inngest", () => createInngest({ fetch: fetchWithTimeout }));
	await client.send(events);
}

const SEND_TIMEOUT_MS = 5_000;

/** A server that accepts a request and never answers must not keep the events that wait behind it. */
function fetchWithTimeout(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
	return fetch(input, { ...init, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) });
}
