import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { WeftError } from "../errors";
import type { SupervisedProcess } from "./supervised-process";

/** After so many consecutive exits another start will not help. */
const MAX_FAILURES = 6;
/** How long the web server may answer that another part is not ready yet. */
const READY_TIMEOUT_MS = 15_000;

const healthSchema = z.object({ status: z.string(), message: z.string().optional() });

export interface Parts {
	readonly web?: SupervisedProcess;
	/** In development there is none before its first bundle. */
	readonly worker?: SupervisedProcess;
}

/**
 * Resolves once every part is healthy, or after a timeout with what is missing. Throws if the web server or the worker
 * exits again and again.
 */
export async function awaitReady(
	origin: string,
	parts: Parts,
	requested: AbortSignal,
): Promise<{ missing: string | undefined }> {
	let firstAnswerAt: number | undefined;
	for (;;) {
		requested.throwIfAborted();
		throwIfFailing(parts);
		const health = await askHealth(origin);
		if (health?.status === "ok") return { missing: undefined };
		if (health) firstAnswerAt ??= Date.now();
		if (firstAnswerAt !== undefined && Date.now() - firstAnswerAt > READY_TIMEOUT_MS)
			return { missing: health?.message ?? "" };
		await wait(40);
	}
}

async function askHealth(origin: string): Promise<z.infer<typeof healthSchema> | undefined> {
	try {
		const response = await fetch(`${origin}/api/health`, { redirect: "manual" });
		const parsed = healthSchema.safeParse(await response.json());
		return parsed.data ?? { status: "unknown", message: `The web server answers with ${response.status}.` };
	} catch {
		return undefined;
	}
}

function throwIfFailing(parts: Parts): void {
	if (parts.web && parts.web.failures >= MAX_FAILURES) throw startFailed("web server");
	if (parts.worker && parts.worker.failures >= MAX_FAILURES) throw startFailed("worker");
}

function startFailed(name: string): WeftError {
	return new WeftError("internal", `The ${name} keeps stopping right after its start: the lines above say why.`);
}
