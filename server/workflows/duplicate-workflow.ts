import { sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { createWorkflow } from "./create-workflow";
import { findWorkflow, type WorkflowRef } from "./workflow-ref";
import { readDraft } from "./write-draft";

const PREFIX = "Copy of ";

/** Adds a workflow with the draft of another and what is pinned to its steps. It stays a draft until it is published. */
export async function duplicateWorkflow(
	{ database: { db }, actor }: Caller,
	input: WorkflowRef,
): Promise<{ slug: string; name: string }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const original = await findWorkflow(tx, team.id, input.slug);
		const { plan } = await readDraft(tx, original.id);
		const name = `${PREFIX}${original.name}`.slice(0, WORKFLOW_LIMITS.name).trim();
		const { description } = original;
		const { id, slug } = await createWorkflow(tx, { teamId: team.id, actor, name, description, plan, isDraft: true });
		await copyPins(tx, original.id, id);
		return { slug, name };
	});
}

async function copyPins(tx: DbTransaction, from: string, to: string): Promise<void> {
	await tx.execute(sql`
		insert into workflow_pins (workflow_id, node_id, output, pinned_by, pinned_at)
		select ${to}, node_id, output, pinned_by, pinned_at from workflow_pins where workflow_id = ${from}`);
}
