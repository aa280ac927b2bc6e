import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { DbLike, DbTransaction } from "@/db/client";
import { users } from "@/db/schema/teams";
import { workflows } from "@/db/schema/workflows";
import type { Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Actor } from "@/server/runs/events";
import { announceWorkflow } from "./announce-workflow";
import { movePins } from "./move-pins";
import { requirePlan } from "./stored-plan";

/** The draft that another person has saved meanwhile. */
export interface DraftConflict {
	status: "conflict";
	plan: Plan;
	revision: number;
	/** Null when that person is gone. */
	savedBy: { id: string; name: string } | null;
	savedAt: Date;
}

export type WrittenDraft = { status: "saved"; revision: number } | DraftConflict;

export interface NewDraft {
	workflowId: string;
	plan: Plan;
	/** The revision that was edited. */
	revision: number;
	actor: Actor;
	saveId?: string;
	/** Earlier saves of the same editor whose answers never came: if the last one is among them, nobody else has saved. */
	unanswered?: readonly string[];
}

/**
 * Puts a plan in the place of the draft, if the draft is still the one that was edited; what is pinned stays with its
 * steps, whatever their ids are now. The same save twice is one save.
 */
export async function writeDraft(db: DbLike, draft: NewDraft): Promise<WrittenDraft> {
	const revision = await db.transaction((tx) => replaceDraft(tx, draft));
	if (revision === undefined) return await explainConflict(db, draft);
	await announceWorkflow(db, draft.workflowId);
	return { status: "saved", revision };
}

/** The new revision; undefined if another save came first. */
async function replaceDraft(tx: DbTransaction, draft: NewDraft): Promise<number | undefined> {
	const { workflowId, plan, revision, actor, saveId = null, unanswered = [] } = draft;
	const isStill = and(
		eq(workflows.id, workflowId),
		or(eq(workflows.revision, revision), inArray(workflows.saveId, [...unanswered])),
	);
	const [edited] = await tx.select({ id: workflows.id }).from(workflows).where(isStill).for("update");
	if (!edited) return undefined;
	await movePins(tx, workflowId, plan);
	const now = new Date();
	const [saved] = await tx
		.update(workflows)
		.set({
			draft: plan,
			revision: sql`${workflows.revision} + 1`,
			savedBy: actor.kind === "user" ? actor.id : null,
			savedAt: now,
			saveId,
			updatedAt: now,
		})
		.where(eq(workflows.id, workflowId))
		.returning({ revision: workflows.revision });
	return saved?.revision;
}

async function explainConflict(db: DbLike, { workflowId, plan, saveId }: NewDraft): Promise<WrittenDraft> {
	const found = await readDraft(db, workflowId);
	const isSameSave = saveId !== undefined && found.saveId === saveId;
	if (isSameSave || isSameJson(found.plan, plan)) {
		return { status: "saved", revision: found.revision };
	}
	const { revision, savedBy, savedAt } = found;
	return { status: "conflict", plan: found.plan, revision, savedBy, savedAt };
}

/** The draft with who saved it. */
export async function readDraft(db: DbLike, workflowId: string) {
	const [row] = await db
		.select({
			plan: workflows.draft,
			revision: workflows.revision,
			saveId: workflows.saveId,
			savedAt: workflows.savedAt,
			savedBy: { id: users.id, name: sql<string>`coalesce(${users.name}, ${users.email})` },
		})
		.from(workflows)
		.leftJoin(users, eq(users.id, workflows.savedBy))
		.where(eq(workflows.id, workflowId));
	if (!row) throw new Error(`Workflow ${workflowId} is gone.`);
	return { ...row, plan: requirePlan(row.plan) };
}
