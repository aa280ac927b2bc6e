import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { runs } from "@/db/schema/runs";
import { shareLinks } from "@/db/schema/sharing";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { endOf, isLive } from "./open-link";
import { readPolicy } from "./share-policy";

export const listLinksInput = teamInput.extend({
	/** Only those of a run. */
	runId: z.string().min(1).max(64).optional(),
});

const MAX_LINKS = 500;

/** The links of a team, those that work first, the newest of each first; what is allowed of new ones. Never a token. */
export async function listLinks({ database: { db }, actor }: Caller, input: z.infer<typeof listLinksInput>) {
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	const policy = await readPolicy(db, team.id);
	const rows = await db
		.select({
			link: shareLinks,
			workflow: { slug: workflows.slug, name: workflows.name },
			runNumber: runs.number,
		})
		.from(shareLinks)
		.innerJoin(workflows, eq(workflows.id, shareLinks.workflowId))
		.leftJoin(runs, eq(runs.id, shareLinks.runId))
		.where(
			and(eq(shareLinks.teamId, team.id), input.runId === undefined ? undefined : eq(shareLinks.runId, input.runId)),
		)
		.orderBy(desc(shareLinks.createdAt))
		.limit(MAX_LINKS);
	const links = rows.map(({ link, workflow, runNumber }) => ({
		...{ id: link.id, name: link.name, shows: link.shows, views: link.views, viewedAt: link.viewedAt },
		...{ createdAt: link.createdAt, revokedAt: link.revokedAt, workflow, runNumber },
		createdBy: "name" in link.createdBy ? link.createdBy.name : "",
		hasPassword: link.passwordHash !== null,
		expiresAt: endOf(link, policy),
		isLive: isLive(link, policy),
	}));
	return {
		links: [...links.filter(({ isLive }) => isLive), ...links.filter(({ isLive }) => !isLive)],
		policy,
		canShare: allows(role, "run:share"),
	};
}
