import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { WeftError } from "../errors";
import type { Supervised } from "./supervised";

/** So many deaths in a row before the first sign of life: starting it again will not help. */
const HOPELESS = 6;
/** How long a web server that answers may say that some other part is not there yet. */
const PATIENCE_MS = 15_000;

const healthSchema = z.object({ status: z.string(), message: z.string().optional() });

export interface Parts {
	readonly web?: Supervised;
	/** In development there is none before its first bundle. */
	readonly worker?: Supervised;
}

/**
 * Resolves once every part is well, or with what is still missing after a while. Throws when the web server or the
 * worker cannot be kept alive.
 */
export async function awaitReady(
	origin: string,
	parts: Parts,
	requested: AbortSignal,
): Promise<{ missing: string | undefined }> {
	let firstAnswerAt: number | undefined;
	for (;;) {
		requested.throwIfAborted();
		throwIfHopeless(parts);
		const health = await askHealth(origin);
		if (health?.status === "ok") return { missing: undefined };
		if (health) firstAnswerAt ??= Date.now();
		if (firstAnswerAt !== undefined && Date.now() - firstAnswerAt > PATIENCE_MS)
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

function throwIfHopeless(parts: Parts): void {
	if (parts.web && parts.web.failures >= HOPELESS) throw hopeless("web server");
	if (parts.worker && parts.worker.failures >= HOPELESS) throw hopeless("worker");
}

function hopeless(name: string): WeftError {
	return new WeftError("internal", `The ${name} keeps stopping right after its start: the lines above say why.`);
}
