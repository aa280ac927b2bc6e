import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { shareLinks } from "@/db/schema/sharing";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, teamInput } from "@/server/workflows/workflow-ref";
import { endOf, isLive } from "./open-link";
import { readPolicy } from "./share-policy";

export const listLinksInput = teamInput.extend({
	/** Only those of a run. */
	runId: z.string().min(1).max(64).optional(),
	/** Only those of a workflow itself, by its address. */
	slug: z.string().min(1).max(64).optional(),
});

const MAX_LINKS = 500;

/** The links of a team, those that work first, the newest of each first; what is allowed of new ones. Never a token. */
export async function listLinks({ database: { db }, actor }: Caller, input: z.infer<typeof listLinksInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const policy = await readPolicy(db, team.id);
	const rows = await db
		.select({
			link: shareLinks,
			workflow: { slug: workflows.slug, name: workflows.name },
			runNumber: runs.number,
			version: shareLinks.version,
		})
		.from(shareLinks)
		.innerJoin(workflows, eq(workflows.id, shareLinks.workflowId))
		.leftJoin(runs, eq(runs.id, shareLinks.runId))
		.where(and(eq(shareLinks.teamId, team.id), await whichLinks(db, team.id, input)))
		.orderBy(desc(shareLinks.createdAt))
		.limit(MAX_LINKS);
	const links = rows.map(({ link, workflow, runNumber, version }) => ({
		...{ id: link.id, name: link.name, shows: link.shows, views: link.views, viewedAt: link.viewedAt },
		...{ createdAt: link.createdAt, revokedAt: link.revokedAt, workflow, runNumber, version },
		createdBy: "name" in link.createdBy ? link.createdBy.name : "",
		hasPassword: link.passwordHash !== null,
		expiresAt: endOf(link, policy),
		isLive: isLive(link, policy),
	}));
	return {
		links: [...links.filter(({ isLive }) => isLive), ...links.filter(({ isLive }) => !isLive)],
		policy,
	};
}

async function whichLinks(db: DbLike, teamId: string, { runId, slug }: z.infer<typeof listLinksInput>) {
	if (runId !== undefined) return eq(shareLinks.runId, runId);
	if (slug === undefined) return undefined;
	return and(eq(shareLinks.workflowId, await findWorkflowId(db, teamId, slug)), isNull(shareLinks.runId));
}
