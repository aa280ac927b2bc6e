import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { workflowPins } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { nodeIdSchema } from "@/server/plan/plan";
import { jsonSchema } from "@/server/plan/values/json";
import { toJsonText } from "@/server/runs/store/json-text";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { announceWorkflow } from "./announce-workflow";
import { lockWorkflow, workflowRefInput } from "./workflow-ref";

/** All pins of a workflow together, in characters of JSON. */
const MAX_PINNED_LENGTH = 2_000_000;

export const unpinOutputInput = workflowRefInput.extend({ node: nodeIdSchema });
export const pinOutputInput = unpinOutputInput.extend({ output: jsonSchema });

/** Keeps an output for a step: others that are tried read it in the place of what the step put out last. */
export async function pinOutput(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof pinOutputInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const text = toJsonText(input.output);
	await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const others = await measurePins(tx, workflow.id, input.node);
		if (others + text.length > MAX_PINNED_LENGTH) {
			throw new WeftError("too_large", "Pinned data takes 2 MB at most, all steps together. Pin less of it.");
		}
		const pinnedBy = actor.kind === "user" ? actor.id : null;
		const row = { output: sql`${text}::text::json`, pinnedBy, pinnedAt: new Date() };
		await tx
			.insert(workflowPins)
			.values({ workflowId: workflow.id, nodeId: input.node, ...row })
			.onConflictDoUpdate({ target: [workflowPins.workflowId, workflowPins.nodeId], set: row });
		await announceWorkflow(tx, workflow.id);
	});
}

/** Forgets what was pinned to a step. */
export async function unpinOutput(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof unpinOutputInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	await db.transaction(async (tx) => {
		const { id } = await lockWorkflow(tx, team.id, input.slug);
		await tx.delete(workflowPins).where(and(eq(workflowPins.workflowId, id), eq(workflowPins.nodeId, input.node)));
		await announceWorkflow(tx, id);
	});
}

async function measurePins(db: DbLike, workflowId: string, exceptFor: string): Promise<number> {
	const [row] = await db
		.select({ length: sql<number>`coalesce(sum(length(${workflowPins.output}::text)), 0)::int` })
		.from(workflowPins)
		.where(and(eq(workflowPins.workflowId, workflowId), sql`${workflowPins.nodeId} <> ${exceptFor}`));
	return row?.length ?? 0;
}
