import { logger } from "./logger";

/** An error passes several places on its way out (Next.js reports it and prints it): it is one line all the same. */
const logged = new WeakSet<Error>();

/** Writes an error into the log, once. */
export function logError(error: unknown, message: string, context: Record<string, unknown> = {}): void {
	if (error instanceof Error) {
		if (logged.has(error)) return;
		logged.add(error);
	}
	logger.error({ ...context, ...referenceOf(error), err: error }, message);
}

/** What the error page of Next.js shows instead of the error. */
function referenceOf(error: unknown): { reference?: string } {
	return error instanceof Error && "digest" in error ? { reference: String(error.digest) } : {};
}
