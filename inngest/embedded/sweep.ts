import type { EngineLog } from "./engine-log";
import { type Leadership, LeadershipLost } from "./leadership";

const SWEEP_MS = 3_600_000;

/** Forgets, now and every hour, the ids of events and the idempotency keys that are older than 24 hours. */
export function startSweep(leadership: Leadership, log: EngineLog): () => void {
	const attempt = () => {
		sweep(leadership).catch((error: unknown) => {
			if (!(error instanceof LeadershipLost)) log.error({ err: error }, "Old engine rows could not be removed");
		});
	};
	attempt();
	const interval = setInterval(attempt, SWEEP_MS);
	return () => clearInterval(interval);
}

export async function sweep(leadership: Pick<Leadership, "query">): Promise<void> {
	await leadership.query((sql) => sql`delete from engine.events where handled_at < now() - interval '24 hours'`);
	await leadership.query((sql) => sql`delete from engine.idempotency_keys where expires_at < now()`);
}
