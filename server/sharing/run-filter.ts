import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { oncePerProcess } from "@/server/once-per-process";
import { createHideValues } from "./hide-values";
import { createShareFilter, type Hide, type ShareFilter } from "./share-filter";
import type { Shows } from "./shows";

/** Of so many runs what hides their input is kept: it takes a while to make, and an input never changes. */
const KEPT = 20;

/** The filter of a link of a run. */
export async function readRunFilter(db: DbLike, runId: string, shows: Shows): Promise<ShareFilter> {
	return createShareFilter(shows, shows.inputs ? (text) => text : await readHideInput(db, runId));
}

/** Undefined when a run's input is too much to be looked for. */
export async function readHideInput(db: DbLike, runId: string): Promise<Hide | undefined> {
	const kept = oncePerProcess("hidden-inputs", () => new Map<string, Hide | undefined>());
	if (kept.has(runId)) return kept.get(runId);
	const [run] = await db.select({ input: runs.input, payload: runs.payload }).from(runs).where(eq(runs.id, runId));
	const hide = createHideValues([run?.input ?? {}, run?.payload ?? {}]);
	kept.set(runId, hide);
	for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(id);
	return hide;
}
