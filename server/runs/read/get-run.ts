import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { isListed } from "./list-runs";
import { readRunRecord } from "./run-record";

export const getRunInput = workflowRefInput.extend({ number: rowNumberSchema });

/** A run without its events, and the exact plan it executes. The events come from `watchRuns`. */
export async function getRun({ database, actor }: Caller, input: z.infer<typeof getRunInput>) {
	const { db } = database;
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const run = await readRunRecord(database, and(isListed(workflow.id), eq(runs.number, input.number)));
	if (!run) throw new WeftError("not_found", `“${workflow.name}” has no run ${input.number}.`);
	return {
		...run,
		workflow: { id: workflow.id, slug: workflow.slug, name: workflow.name },
		teamName: team.name,
		permissions: {
			canCancel: allows(role, "run:control"),
			canDecide: allows(role, "run:decide"),
			canEdit: workflow.archivedAt === null && allows(role, "workflow:edit"),
			canShare: allows(role, "run:share"),
		},
	};
}
