import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { triggers } from "@/db/schema/triggers";
import { WeftError } from "@/server/errors";
import { triggerSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { findWorkflowId } from "@/server/workflows/workflow-ref";
import { timesOf } from "./register-triggers";
import { lockTrigger, momentSchema, type TriggerRow, triggerRefInput } from "./trigger-ref";

const YEAR_MS = 366 * 86_400_000;

export const pauseTriggerInput = triggerRefInput.extend({
	/** When it goes on by itself; without it, when somebody resumes it. */
	until: momentSchema.optional(),
});

/** Keeps a trigger from starting runs. Its times pass meanwhile: nothing is made up for. */
export async function pauseTrigger(caller: Caller, { until, ...ref }: z.infer<typeof pauseTriggerInput>) {
	const ahead = until === undefined ? 1 : Date.parse(until) - Date.now();
	if (ahead <= 0) throw new WeftError("invalid", "That moment has passed. Choose a later one.");
	if (ahead > YEAR_MS) throw new WeftError("invalid", "Pause it for a year at most, or until somebody resumes it.");
	await changePause(caller, ref, async (tx, row) => {
		await tx
			.update(triggers)
			.set({
				pausedAt: row.pausedAt ?? new Date(),
				pausedUntil: until === undefined ? null : new Date(until),
				pauseReason: null,
			})
			.where(eq(triggers.id, row.id));
		return { action: "trigger.paused", until: until ?? null };
	});
}

/** Lets a paused trigger start runs again, from its next time on. */
export async function resumeTrigger(caller: Caller, ref: z.infer<typeof triggerRefInput>): Promise<void> {
	await changePause(caller, ref, async (tx, row) => {
		if (row.pausedAt === null) return undefined;
		await tx.update(triggers).set(resumedAt(row, Date.now())).where(eq(triggers.id, row.id));
		return { action: "trigger.resumed" };
	});
}

/** What of a trigger's row changes when it goes on at `now` (ms since 1970). */
export function resumedAt({ id, config }: TriggerRow, now: number) {
	const resumed = { pausedAt: null, pausedUntil: null, pauseReason: null, activeSince: new Date(now) };
	const { data: trigger } = triggerSchema.safeParse(config);
	// One that this version cannot read has no times.
	return { ...resumed, ...(trigger ? timesOf(trigger, { id, now }) : { dueAt: null, nextAt: null }) };
}

type Change = (
	tx: DbTransaction,
	row: TriggerRow,
) => Promise<{ action: "trigger.paused" | "trigger.resumed"; until?: string | null } | undefined>;

async function changePause({ database: { db }, actor }: Caller, ref: z.infer<typeof triggerRefInput>, change: Change) {
	const { team } = await requireMember(db, actor, ref.team, "trigger:control");
	const workflowId = await findWorkflowId(db, team.id, ref.slug);
	await db.transaction(async (tx) => {
		const done = await change(tx, await lockTrigger(tx, workflowId, ref.key));
		if (!done) return;
		const { action, ...detail } = done;
		const target = { type: "workflow", id: workflowId };
		await writeAudit(tx, { teamId: team.id, actor, action, target, detail: { name: ref.key, ...detail } });
	});
}
