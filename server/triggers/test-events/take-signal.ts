import type { Database } from "@/db/client";
import { logger } from "@/server/observability/logger";
import type { JsonObject } from "@/server/plan/values/json";
import { signalEvent } from "../signals/signal-event";
import { readWaitingTests } from "./read-waiting-tests";
import { takeTest } from "./take-test";

const log = logger.child({ part: "test-events" });

interface Sent {
	teamId: string;
	name: string;
	/** When it was sent: only what comes after a wait began ends it. */
	at: Date;
	body: JsonObject;
	from: string;
}

/** Pins an event to the drafts that wait for one of its name. Nothing that goes wrong with them holds the event up. */
export async function takeSignal(database: Database, { teamId, name, at, body, from }: Sent): Promise<void> {
	const { sql } = database;
	const concerned = sql`t.type = 'event' and w.team_id = ${teamId} and t.config->>'name' = ${name} and t.since <= ${at}`;
	const size = Buffer.byteLength(JSON.stringify(body));
	try {
		const tests = await readWaitingTests(database, concerned);
		await Promise.all(tests.map((test) => takeTest(database, test, { event: signalEvent(body), from, size })));
	} catch (err) {
		log.warn({ err }, "An event could not be pinned for a draft that waits for it");
	}
}
