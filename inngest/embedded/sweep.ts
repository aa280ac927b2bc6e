import type { EngineLog } from "./engine-log";
import { LeadershipLost, type Term } from "./leadership";

const SWEEP_MS = 3_600_000;

/** Forgets, now and every hour, the ids of events and the idempotency keys that are older than 24 hours. */
export function startSweep(term: Term, log: EngineLog): () => void {
	const attempt = () => {
		sweep(term).catch((error: unknown) => {
			if (!(error instanceof LeadershipLost)) log.error({ err: error }, "Old engine rows could not be removed");
		});
	};
	attempt();
	const interval = setInterval(attempt, SWEEP_MS);
	return () => clearInterval(interval);
}

export async function sweep(term: Pick<Term, "query">): Promise<void> {
	await term.query((sql) => sql`delete from engine.events where handled_at < now() - interval '24 hours'`);
	await term.query((sql) => sql`delete from engine.idempotency_keys where expires_at < now()`);
}
