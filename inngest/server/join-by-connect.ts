import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import { ConnectionState, connect, type WorkerConnection } from "inngest/connect";
import { WebSocket } from "undici";
import { JOIN_ENGINE } from "@/server/observability/health";
import type { EngineConnection } from "../engine-connection";

export interface ConnectedWorker {
	inngest: Inngest;
	functions: InngestFunction.Any[];
	/** The worker's id, by which the server tells it from the others. */
	id: string;
	/** Requests that the server may have under way here at once. */
	concurrency: number;
}

/** How long the chore waits for a connection that is being made. */
const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Joins an Inngest server: this worker connects to it, tells it the functions and is given its share of the work. Any number of
 * workers may; when one dies, the server hands what it had to another. A connection that is lost is made again.
 */
export function joinByConnect(worker: ConnectedWorker): EngineConnection {
	// Built into Node.js from version 22.
	if (globalThis.WebSocket === undefined) Object.assign(globalThis, { WebSocket });
	let joining: Promise<void> | undefined;
	let connection: WorkerConnection | undefined;

	function join(): Promise<void> {
		joining ??= open(worker).then(
			(made) => {
				connection = made;
			},
			(error: unknown) => {
				joining = undefined;
				throw error;
			},
		);
		return joining;
	}

	async function stayJoined(): Promise<void> {
		if (connection?.state === ConnectionState.CLOSED) joining = undefined;
		await Promise.race([join(), pause(CONNECT_TIMEOUT_MS)]);
		if (connection?.state === ConnectionState.ACTIVE) return;
		throw new Error(
			"The Inngest server has not accepted this worker. Is INNGEST_BASE_URL right, and the server running?",
		);
	}

	return {
		chore: { name: JOIN_ENGINE, everyMs: CONNECT_TIMEOUT_MS, run: stayJoined },
		stop: async () => await connection?.close(),
	};
}

function open({ inngest, functions, id, concurrency }: ConnectedWorker): Promise<WorkerConnection> {
	return connect({
		apps: [{ client: inngest, functions }],
		instanceId: id,
		maxWorkerConcurrency: concurrency,
		handleShutdownSignals: [],
		// The SDK's thread loads a file of its own, which a bundle does not have.
		isolateExecution: false,
	});
}
