import type { Sql } from "@/db/client";
import { RUN_SIGNALS_CHANNEL } from "@/server/runs/append-events";

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

/** Abort signals for the steps in progress, by run. */
export interface RunSignals {
	/** A controller that is aborted when the run ends from outside, or when the worker must go. */
	enter(runId: string): AbortController;
	leave(runId: string, controller: AbortController): void;
	/** Aborts everything: the worker is shutting down and its grace is over. */
	abortAll(): void;
	stop(): Promise<void>;
}

/** How long a lost notification may go unnoticed. */
const POLL_MS = 1_000;

/**
 * Watches for runs that end or are deleted while this worker executes their steps: by notification, and by a slow poll
 * for the notifications that are lost with a connection.
 */
export async function watchRunSignals(
	sql: Sql,
	on: { runStopped(runId: string): void; error(error: unknown): void },
): Promise<RunSignals> {
	const active = new Map<string, Set<AbortController>>();

	async function check(runIds: readonly string[]): Promise<void> {
		if (runIds.length === 0) return;
		const alive = await sql<{ id: string }[]>`
			select id from runs where id = any(${[...runIds]}::text[]) and ended_at is null`;
		const living = new Set(alive.map(({ id }) => id));
		for (const id of runIds.filter((runId) => !living.has(runId))) {
			for (const controller of active.get(id) ?? []) controller.abort(new RunStopped());
			on.runStopped(id);
		}
	}

	const hear = (runId: string) => {
		if (active.has(runId)) check([runId]).catch(on.error);
	};
	const subscription = await sql.listen(RUN_SIGNALS_CHANNEL, hear);
	const timer = setInterval(() => check([...active.keys()]).catch(on.error), POLL_MS);

	return {
		enter(runId) {
			const controller = new AbortController();
			const set = active.get(runId) ?? new Set();
			active.set(runId, set.add(controller));
			return controller;
		},
		leave(runId, controller) {
			const set = active.get(runId);
			set?.delete(controller);
			if (set?.size === 0) active.delete(runId);
		},
		abortAll() {
			for (const set of active.values()) for (const controller of set) controller.abort(new WorkerStopping());
		},
		async stop() {
			clearInterval(timer);
			await subscription.unlisten();
		},
	};
}
