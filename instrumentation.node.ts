import { endAllStreams } from "@/server/runs/open-streams";

const EXIT_LIMIT_MS = 4_000;

/** A web server does not exit while streams are open: on a signal, their clients are sent to the next one. */
export function prepareShutdown(): void {
	for (const signal of ["SIGTERM", "SIGINT"] as const) {
		process.once(signal, () => {
			endAllStreams();
			setTimeout(() => process.exit(0), EXIT_LIMIT_MS).unref();
		});
	}
}
