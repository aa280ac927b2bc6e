import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { runEvents, runs } from "@/db/schema/runs";
import { oncePerProcess } from "@/server/once-per-process";
import type { RunEventType } from "@/server/runs/events";
import { createHideValues } from "./hide-values";
import { createShareFilter, type Hide, type ShareFilter } from "./share-filter";
import type { Shows } from "./shows";

/** How many runs’ filters of their input are cached: they are slow to build, and an input never changes. */
const KEPT = 20;

/** The filter of a link of a run. */
export async function readRunFilter(db: DbLike, runId: string, shows: Shows): Promise<ShareFilter> {
	const hideInput = shows.inputs ? (text: string) => text : await readHideInput(db, runId);
	return createShareFilter(shows, hideInput, await readPeople(db, runId));
}

/** Events that tell who did something. */
const BY_SOMEBODY = [
	"run.queued",
	"run.paused",
	"run.resumed",
	"run.cancelled",
	"step.decided",
] as const satisfies RunEventType[];

/** The names of the people who have done something in a run so far. */
async function readPeople(db: DbLike, runId: string): Promise<string[]> {
	const name = sql<string>`${runEvents.data}->'actor'->>'name'`;
	const isPerson = sql`${runEvents.data}->'actor'->>'kind' in ('user', 'api-key')`;
	const found = await db
		.selectDistinct({ name })
		.from(runEvents)
		.where(and(eq(runEvents.runId, runId), inArray(runEvents.type, [...BY_SOMEBODY]), isPerson));
	return found.map((person) => person.name);
}

/** Undefined when a run's input is too large to search for. */
export async function readHideInput(db: DbLike, runId: string): Promise<Hide | undefined> {
	const kept = oncePerProcess("hidden-inputs", () => new Map<string, Hide | undefined>());
	if (kept.has(runId)) return kept.get(runId);
	const [run] = await db.select({ input: runs.input, payload: runs.payload }).from(runs).where(eq(runs.id, runId));
	const hide = createHideValues([run?.input ?? {}, run?.payload ?? {}]);
	kept.set(runId, hide);
	for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(id);
	return hide;
}
