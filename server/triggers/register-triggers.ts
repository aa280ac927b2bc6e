import { and, eq, notInArray } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { triggers } from "@/db/schema/triggers";
import { isSameJson } from "../plan/values/same-json";
import { keyOfTrigger, type Trigger, triggerDefinitionOf } from "./catalog";
import { ensureHook } from "./hooks/address/ensure-hook";
import { registrationOf } from "./registrations";

interface Registration {
	teamId: string;
	workflowId: string;
	/** Of the version that is published; none of an archived workflow. */
	triggers: readonly Trigger[];
	/** From when on they count, in ms since 1970. */
	now?: number;
}

/**
 * Makes what is registered for a workflow what its published version has, in the transaction that changes either. One
 * whose settings stay the same keeps its next time, and all keep their pause.
 */
export async function registerTriggers(
	tx: DbTransaction,
	{ teamId, workflowId, now = Date.now(), ...version }: Registration,
): Promise<void> {
	const wanted = version.triggers.filter((trigger) => registrationOf(trigger) !== null);
	const keys = wanted.map(keyOfTrigger);
	await tx.delete(triggers).where(and(eq(triggers.workflowId, workflowId), notInArray(triggers.key, keys)));
	const known = new Map(
		(await tx.select().from(triggers).where(eq(triggers.workflowId, workflowId)).for("update")).map((row) => [
			row.key,
			row,
		]),
	);
	for (const trigger of wanted) {
		const key = keyOfTrigger(trigger);
		const row = known.get(key);
		if (row && isSameJson(row.config, trigger)) continue;
		const id = row?.id ?? newId();
		const place = triggerDefinitionOf(trigger.type)?.address?.(trigger);
		const hookId = place ? await ensureHook(tx, { teamId, workflowId, place }) : null;
		const set = { type: trigger.type, config: trigger, hookId, ...timesOf(trigger, { id, now }) };
		await tx
			.insert(triggers)
			.values({ id, teamId, workflowId, key, ...set })
			.onConflictDoUpdate({ target: triggers.id, set: { ...set, activeSince: new Date(now) } });
	}
}

/** When a trigger comes next after `now`: when its time is, and when that starts a run. */
export function timesOf(trigger: Trigger, { id, now }: { id: string; now: number }) {
	const next = registrationOf(trigger)?.next?.(trigger, { id, after: now }) ?? null;
	return { dueAt: next && new Date(next.due), nextAt: next && new Date(next.start) };
}
