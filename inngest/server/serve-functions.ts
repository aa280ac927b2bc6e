import { createServer } from "node:http";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { WORKER_KEY } from "@/inngest/worker-key";
import { JOIN_ENGINE } from "@/server/observability/health";
import type { EngineConnection } from "../engine-connection";
import { requireWorkerKey } from "../require-worker-key";

export interface ServedFunctions {
	inngest: Inngest;
	functions: InngestFunction.Any[];
	port: number;
	/** What the address has to carry where signatures are not checked; then only this machine may call. */
	key: string | undefined;
	/** Whether the address to register is known: the machine's own, or INNGEST_SERVE_ORIGIN. */
	canRegister: boolean;
}

const REGISTER_EVERY_MS = 30_000;

/**
 * Lets an Inngest server call this worker, at one address for all workers: a balancer's, where there are several. The worker
 * registers its functions there, again and again: a server that was set up anew has forgotten them.
 */
export function serveFunctions({ inngest, functions, port, key, canRegister }: ServedFunctions): EngineConnection {
	const handler = serve({ client: inngest, functions });
	const server = createServer(key === undefined ? handler : requireWorkerKey(handler));
	const address = `http://127.0.0.1:${port}/api/inngest${key === undefined ? "" : `?${WORKER_KEY}=${key}`}`;
	let wasCalled = false;
	server.on("request", ({ method }) => {
		wasCalled ||= method === "POST";
	});
	server.listen(port, key === undefined ? undefined : "127.0.0.1");

	async function register(): Promise<void> {
		if (canRegister) {
			const response = await fetch(address, { method: "PUT" });
			if (!response.ok) throw new Error(`The Inngest server refused the functions: ${await response.text()}`);
		} else if (!wasCalled) {
			throw new Error(
				"The Inngest server has not called this worker yet. Sync the app there, or set INNGEST_SERVE_ORIGIN.",
			);
		}
	}

	return {
		chore: { name: JOIN_ENGINE, everyMs: REGISTER_EVERY_MS, run: register },
		stop: () => new Promise((resolve) => void server.close(() => resolve())),
	};
}
