import { and, desc, eq, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { users } from "@/db/schema/teams";
import { templates, templateVersions } from "@/db/schema/templates";
import type { Plan } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { type SampleRun, sampleRunSchema } from "./sample-run";
import type { TemplateViewer } from "./template";
import { seenPlan } from "./without-addresses";

/** One of the versions of a published template. */
export interface TemplateVersion {
	version: number;
	at: Date;
	/** What its author said is new; "" when nothing. */
	note: string;
	/** Who published it; null for people outside the team, and when their account is gone. */
	author: string | null;
	hasSample: boolean;
}

/** The versions that somebody may see, the newest first: all for its team, for everybody those that were approved. */
export async function listVersions(db: DbLike, viewer: TemplateViewer, slug: string): Promise<TemplateVersion[]> {
	const rows = await db
		.select({
			version: templateVersions.version,
			at: templateVersions.publishedAt,
			note: templateVersions.note,
			author: users.name,
			hasSample: sql<boolean>`${templateVersions.sampleRun} is not null`,
			teamId: templates.teamId,
		})
		.from(templateVersions)
		.innerJoin(templates, eq(templates.id, templateVersions.templateId))
		.leftJoin(users, eq(users.id, templateVersions.publishedBy))
		.where(isSeen(viewer, slug))
		.orderBy(desc(templateVersions.version));
	return rows.map(({ teamId, author, ...row }) => ({ ...row, author: teamId === viewer.teamId ? author : null }));
}

/** What one of them does, with its recorded run; null for one that they may not see, or that this Weft cannot read. */
export async function readVersion(
	db: DbLike,
	viewer: TemplateViewer,
	{ slug, version }: { slug: string; version: number },
): Promise<{ version: number; plan: Plan; sampleRun: SampleRun | null } | null> {
	const [row] = await db
		.select({ plan: templateVersions.plan, sampleRun: templateVersions.sampleRun, teamId: templates.teamId })
		.from(templateVersions)
		.innerJoin(templates, eq(templates.id, templateVersions.templateId))
		.where(and(eq(templateVersions.version, version), isSeen(viewer, slug)));
	const { plan } = readStoredPlan(row?.plan);
	if (!row || !plan) return null;
	return {
		version,
		plan: seenPlan(plan, viewer, row.teamId),
		sampleRun: sampleRunSchema.safeParse(row.sampleRun).data ?? null,
	};
}

/** For a template that is taken back: when a later version is approved, the earlier ones stay with the team. */
export async function forgetApprovals(db: DbLike, templateId: string): Promise<void> {
	await db.update(templateVersions).set({ approvedAt: null }).where(eq(templateVersions.templateId, templateId));
}

function isSeen({ teamId, isAdministrator }: TemplateViewer, slug: string): SQL | undefined {
	const wasApproved = and(
		isNotNull(templateVersions.approvedAt),
		lte(templateVersions.version, templates.approvedVersion),
	);
	return and(
		eq(templates.slug, slug),
		isNull(templates.unpublishedAt),
		or(
			wasApproved,
			teamId === null ? undefined : eq(templates.teamId, teamId),
			isAdministrator ? and(isWaiting, eq(templateVersions.version, templates.version)) : undefined,
		),
	);
}

/** Somebody asked to have the last version seen by everybody, and no administrator has answered. */
export const isWaiting = sql<boolean>`(${templates.isForInstance}
	and ${templates.version} > greatest(coalesce(${templates.approvedVersion}, 0), coalesce(${templates.declinedVersion}, 0)))`;
