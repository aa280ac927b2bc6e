import { eq } from "drizzle-orm";
import { z } from "zod";
import { sharePolicies } from "@/db/schema/sharing";
import { teams } from "@/db/schema/teams";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import { instancePolicy, readTeamPolicy } from "./share-policy";

export const setPolicyInput = teamInput.extend({
	isOn: z.boolean(),
	/** Left out: a link need not end. */
	maxDays: z.int().min(1).max(365).optional(),
	needsPassword: z.boolean(),
});

/** What the team allows of links, and what the server allows of every team's. */
export async function getPolicy({ database: { db }, actor }: Caller, input: z.infer<typeof teamInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	return { team: await readTeamPolicy(db, team.id), instance: instancePolicy() };
}

/** Changes what the team allows. It holds for links that exist, too. */
export async function setPolicy(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof setPolicyInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "sharing:manage");
	const { isOn, needsPassword, maxDays = null } = input;
	const policy = { isOn, needsPassword, maxDays };
	await db.transaction(async (tx) => {
		await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, team.id)).for("no key update");
		const before = { ...(await readTeamPolicy(tx, team.id)) };
		await tx
			.insert(sharePolicies)
			.values({ teamId: team.id, ...policy })
			.onConflictDoUpdate({ target: sharePolicies.teamId, set: policy });
		const target = { type: "team", id: team.id };
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "sharing.changed",
			target,
			change: { before, after: policy },
		});
	});
}
