import type { Database } from "@/db/client";
import type { Plan } from "@/server/plan/plan";
import type { TestTeam } from "@/server/teams/test-team";
import { createWorkflow } from "@/server/workflows/create-workflow";
import { insertVersion } from "@/server/workflows/insert-version";

/** Publishes a workflow of a test's team, one that starts by itself as well. */
export async function publishTestWorkflow(
	{ database, team }: { database: Database; team: TestTeam },
	plan: Plan,
	name = `Check ${crypto.randomUUID()}`,
): Promise<{ id: string; slug: string }> {
	const { actor } = team.members.editor;
	return await database.db.transaction(async (tx) => {
		const { id, slug } = await createWorkflow(tx, { teamId: team.id, actor, name, description: "", plan });
		const publishedBy = actor.kind === "user" ? actor.id : null;
		await insertVersion(tx, { teamId: team.id, workflowId: id, plan, publishedBy });
		return { id, slug };
	});
}
