import type { Sql } from "@/db/client";
import type { StepRef } from "@/server/runs/step-ref";
import { RUN_SIGNALS_CHANNEL } from "@/server/runs/store/append-events";

/** Why a step's signal was aborted: its run ended from outside, and whatever it still does is of no use. */
export class RunStopped extends Error {
	override readonly name = "RunStopped";
	constructor() {
		super("The run has ended.");
	}
}

/** Thrown out of a walk that cannot wait for the run to be resumed. */
export class RunPaused extends Error {
	override readonly name = "RunPaused";
	constructor() {
		super("The run is paused.");
	}
}

/** The records are not those that the walk goes by: it begins again with them. */
export class WalkOutdated extends Error {
	override readonly name = "WalkOutdated";
	constructor() {
		super("The run's records have changed.");
	}
}

/** Thrown out of what is left of a body that has ended without it. */
export class BodyEnded extends Error {
	override readonly name = "BodyEnded";
	constructor() {
		super("The body that this stands in has ended.");
	}
}

/** Why a step's signal was aborted: the worker goes down, and another one does the step again. */
export class WorkerStopping extends Error {
	override readonly name = "WorkerStopping";
	constructor() {
		super("The worker is stopping.");
	}
}

/** Why a step's signal was aborted: this worker was taken for dead, and another one may be doing the step. */
export class ClaimLost extends Error {
	override readonly name = "ClaimLost";
	constructor() {
		super("Another worker has taken this step over.");
	}
}

/** The claim under which something is done. */
export interface Held extends StepRef {
	worker: string;
	claim: number;
}

/** Abort signals for the steps in progress, by run. */
export interface RunSignals {
	/** A controller that is aborted when the run ends from outside, the claim is lost, or the worker must go. */
	enter(runId: string, held?: Held): AbortController;
	leave(runId: string, controller: AbortController): void;
	/** Calls back when something may have been decided in a run; returns how to stop that. */
	onSignal(runId: string, listener: () => void): () => void;
	/** Calls them back. */
	tell(runId: string): void;
	/** The worker is shutting down: steps in progress may end, further ones are left to another worker. */
	drain(): void;
	readonly isDraining: boolean;
	/** Aborts everything: the worker is shutting down and its grace is over. */
	abortAll(): void;
	stop(): Promise<void>;
}

/** How long a lost notification may go unnoticed. */
const POLL_MS = 1_000;

/**
 * Watches for runs that end or are deleted, and for claims that are lost, while this worker executes their steps: by
 * notification, and by a slow poll for the notifications that are lost with a connection.
 */
export async function watchRunSignals(
	sql: Sql,
	on: { runStopped(runId: string): void; error(error: unknown): void },
): Promise<RunSignals> {
	const active = new Map<string, Map<AbortController, Held | undefined>>();
	const listeners = new Map<string, Set<() => void>>();
	let isDraining = false;

	async function check(runIds: readonly string[]): Promise<void> {
		if (runIds.length === 0) return;
		const alive = await sql<{ id: string }[]>`
			select id from runs where id = any(${[...runIds]}::text[]) and ended_at is null`;
		const living = new Set(alive.map(({ id }) => id));
		for (const id of runIds.filter((runId) => !living.has(runId))) {
			for (const controller of active.get(id)?.keys() ?? []) controller.abort(new RunStopped());
			on.runStopped(id);
		}
		await checkClaims(runIds);
	}

	async function checkClaims(runIds: readonly string[]): Promise<void> {
		const held = runIds.flatMap((runId) =>
			[...(active.get(runId) ?? [])].flatMap(([controller, claim]) => (claim ? [{ controller, claim }] : [])),
		);
		const lost = await findLostClaims(
			sql,
			held.map(({ claim }) => claim),
		);
		for (const index of lost) held[index]?.controller.abort(new ClaimLost());
	}

	const tell = (runId: string) => {
		for (const listener of listeners.get(runId) ?? []) listener();
	};
	const hear = (runId: string) => {
		tell(runId);
		if (active.has(runId)) check([runId]).catch(on.error);
	};
	const subscription = await sql.listen(RUN_SIGNALS_CHANNEL, hear);
	const timer = setInterval(() => {
		for (const runId of listeners.keys()) tell(runId);
		check([...active.keys()]).catch(on.error);
	}, POLL_MS);

	return {
		enter(runId, held) {
			const controller = new AbortController();
			const entered = active.get(runId) ?? new Map<AbortController, Held | undefined>();
			active.set(runId, entered.set(controller, held));
			return controller;
		},
		leave(runId, controller) {
			const entered = active.get(runId);
			entered?.delete(controller);
			if (entered?.size === 0) active.delete(runId);
		},
		onSignal(runId, listener) {
			const known = listeners.get(runId) ?? new Set();
			listeners.set(runId, known.add(listener));
			return () => {
				known.delete(listener);
				if (known.size === 0) listeners.delete(runId);
			};
		},
		tell,
		drain() {
			isDraining = true;
		},
		get isDraining() {
			return isDraining;
		},
		abortAll() {
			for (const entered of active.values()) {
				for (const controller of entered.keys()) controller.abort(new WorkerStopping());
			}
		},
		async stop() {
			clearInterval(timer);
			await subscription.unlisten();
		},
	};
}

/** The positions of claims that somebody else holds by now, or nobody. */
async function findLostClaims(sql: Sql, held: readonly Held[]): Promise<number[]> {
	if (held.length === 0) return [];
	const rows = await sql<{ index: number }[]>`
		select h.nth::int - 1 as index
		from unnest(
			${held.map((h) => h.runId)}::text[], ${held.map((h) => h.nodeId)}::text[], ${held.map((h) => h.iteration)}::text[],
			${held.map((h) => h.worker)}::text[], ${held.map((h) => h.claim)}::int[]
		) with ordinality as h (run_id, node_id, iteration, worker, claim, nth)
		where not exists (
			select from run_steps s
			where s.run_id = h.run_id and s.node_id = h.node_id and s.iteration = h.iteration
				and s.owner = h.worker and s.claim = h.claim
		)`;
	return rows.map((row) => row.index);
}
