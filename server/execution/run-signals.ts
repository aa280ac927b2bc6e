import type { Sql } from "@/db/client";
import type { StepRef } from "@/server/runs/step-ref";
import { RUN_SIGNALS_CHANNEL } from "@/server/runs/store/append-events";

/** Abort reason: the run was ended from outside. */
export class RunStopped extends Error {
	override readonly name = "RunStopped";
	constructor() {
		super("The run has ended.");
	}
}

/** Thrown by a walk whose run is paused. */
export class RunPaused extends Error {
	override readonly name = "RunPaused";
	constructor() {
		super("The run is paused.");
	}
}

/** Thrown when the walk's records are outdated: it starts anew with fresh ones. */
export class WalkOutdated extends Error {
	override readonly name = "WalkOutdated";
	constructor() {
		super("The run's records have changed.");
	}
}

/** Thrown by a suspended step whose body has ended. */
export class BodyEnded extends Error {
	override readonly name = "BodyEnded";
	constructor() {
		super("The body that this stands in has ended.");
	}
}

/** Abort reason: the worker shuts down, and another one repeats the step. */
export class WorkerStopping extends Error {
	override readonly name = "WorkerStopping";
	constructor() {
		super("The worker is stopping.");
	}
}

/** Abort reason: this worker was taken for dead, and another one may be executing the step. */
export class ClaimLost extends Error {
	override readonly name = "ClaimLost";
	constructor() {
		super("Another worker has taken this step over.");
	}
}

/** A claim on a step. */
export interface ClaimRef extends StepRef {
	worker: string;
	claim: number;
}

/** Abort signals for the steps in progress, by run. */
export interface RunSignals {
	/** Returns a controller that is aborted when the run is ended from outside, the claim is lost, or the worker shuts down. */
	register(runId: string, held?: ClaimRef): AbortController;
	unregister(runId: string, controller: AbortController): void;
	/** Calls `listener` when a wait of the run may have been answered. Returns a function that unsubscribes. */
	onSignal(runId: string, listener: () => void): () => void;
	/** Calls the run's listeners. */
	notify(runId: string): void;
	/** Shutdown: running steps may end, further ones are left to another worker. */
	drain(): void;
	readonly isDraining: boolean;
	/** Aborts everything, once the grace period of a shutdown is over. */
	abortAll(): void;
	stop(): Promise<void>;
}

/** How late a lost notification is noticed. */
const POLL_MS = 1_000;

/**
 * Watches for runs that end or are deleted, and for claims that are lost, while this worker executes their steps: by
 * notification, and by a slow poll for the notifications that are lost with a connection.
 */
export async function watchRunSignals(
	sql: Sql,
	on: { runStopped(runId: string): void; error(error: unknown): void },
): Promise<RunSignals> {
	const active = new Map<string, Map<AbortController, ClaimRef | undefined>>();
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

	const notify = (runId: string) => {
		for (const listener of listeners.get(runId) ?? []) listener();
	};
	const onNotification = (runId: string) => {
		notify(runId);
		if (active.has(runId)) check([runId]).catch(on.error);
	};
	const subscription = await sql.listen(RUN_SIGNALS_CHANNEL, onNotification);
	const timer = setInterval(() => {
		for (const runId of listeners.keys()) notify(runId);
		check([...active.keys()]).catch(on.error);
	}, POLL_MS);

	return {
		register(runId, held) {
			const controller = new AbortController();
			const entered = active.get(runId) ?? new Map<AbortController, ClaimRef | undefined>();
			active.set(runId, entered.set(controller, held));
			return controller;
		},
		unregister(runId, controller) {
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
		notify,
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

/** The indexes of the claims that are no longer held by their worker. */
async function findLostClaims(sql: Sql, held: readonly ClaimRef[]): Promise<number[]> {
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
