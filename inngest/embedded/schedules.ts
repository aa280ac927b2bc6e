import { Cron } from "croner";
import { newId } from "@/db/new-id";
import { EngineError } from "./engine-error";
import type { Journal } from "./journal";
import type { Term } from "./leadership";
import type { EngineFunction } from "./read-functions";
import type { RunRegistry } from "./run-registry";
import type { Timers } from "./timers";

interface SchedulesOptions {
	term: Term;
	journal: Journal;
	timers: Timers;
	registry: RunRegistry;
	functions: ReadonlyMap<string, EngineFunction>;
}

/** The next time (ms) a cron expression fires after `from`; `TZ=Europe/Berlin 0 9 * * *` sets its time zone, else UTC. */
export function nextFire(cron: string, from: number): number | null {
	const [, timezone = "UTC", expression = cron] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(cron) ?? [];
	return new Cron(expression, { timezone }).nextRun(new Date(from))?.getTime() ?? null;
}

/** @throws EngineError naming the function whose cron expression cannot be read */
export function checkCrons(functions: Iterable<EngineFunction>): void {
	for (const fn of functions) {
		for (const cron of fn.crons) {
			try {
				nextFire(cron, Date.now());
			} catch (error) {
				throw new EngineError(`The function ${fn.id} has a cron trigger that cannot be read: ${cron}`, {
					cause: error,
				});
			}
		}
	}
}

/** Sets the timers of all cron triggers. One that was missed while no engine ran fires once, at once. */
export async function startSchedules(options: SchedulesOptions): Promise<void> {
	const rows = await options.term.query(
		(sql) => sql<{ function_id: string; cron: string; next_at: Date }[]>`
			select function_id, cron, next_at from engine.schedules`,
	);
	const known = new Map(rows.map((row) => [`${row.function_id} ${row.cron}`, row.next_at.getTime()]));
	for (const fn of options.functions.values()) {
		for (const cron of fn.crons) {
			const key = `${fn.id} ${cron}`;
			const nextAt = known.get(key) ?? nextFire(cron, Date.now());
			known.delete(key);
			if (nextAt !== null) schedule(options, fn, { cron, nextAt });
		}
	}
	const gone = [...known.keys()];
	if (gone.length === 0) return;
	await options.term.query(
		(sql) => sql`delete from engine.schedules where function_id || ' ' || cron = any(${gone}::text[])`,
	);
}

function schedule(
	options: SchedulesOptions,
	fn: EngineFunction,
	{ cron, nextAt }: { cron: string; nextAt: number },
): void {
	const { journal, timers, registry } = options;
	const key = `${fn.id} ${cron}`;
	journal.record((changes) => changes.schedules.set(key, { functionId: fn.id, cron, nextAt }));
	timers.set(`cron ${key}`, nextAt, () => {
		registry.create(fn, { id: newId(), name: "inngest/scheduled.timer", data: { cron }, ts: Date.now() });
		const next = nextFire(cron, Date.now());
		if (next !== null) schedule(options, fn, { cron, nextAt: next });
	});
}
