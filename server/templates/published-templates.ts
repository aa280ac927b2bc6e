import { and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { templates, templateVersions } from "@/db/schema/templates";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { credentialsOf } from "./fill-template";
import { STRANGER, type Template, type TemplateViewer } from "./template";

/** The gallery shows so many of those that were published, the newest first. */
const MOST_LISTED = 300;

/** A published template, and where it stands for those who look after it. */
export interface PublishedTemplate extends Template {
	/** Somebody asked to have this version seen by everybody, and no administrator has answered. */
	isWaiting: boolean;
	/** Whether everybody sees a version of it. */
	isForEverybody: boolean;
}

/** The published templates that somebody may see, each in the version that they may see. */
export async function listPublished(db: DbLike, viewer: TemplateViewer): Promise<PublishedTemplate[]> {
	return await readPublished(db, viewer, isVisible(viewer));
}

/** Those whose last version waits for an administrator. */
export async function listWaiting(db: DbLike): Promise<PublishedTemplate[]> {
	return await readPublished(db, { ...STRANGER, isAdministrator: true }, isWaiting);
}

/** Null when there is none of this slug, or none that they may see. */
export async function findPublished(
	db: DbLike,
	viewer: TemplateViewer,
	slug: string,
): Promise<PublishedTemplate | null> {
	const visible = viewer.isAdministrator ? or(isVisible(viewer), isWaiting) : isVisible(viewer);
	const [found] = await readPublished(db, viewer, and(eq(templates.slug, slug), visible));
	return found ?? null;
}

const isWaiting = sql<boolean>`(${templates.isForInstance}
	and ${templates.version} > greatest(coalesce(${templates.approvedVersion}, 0), coalesce(${templates.declinedVersion}, 0)))`;

function isVisible({ teamId }: TemplateViewer): SQL | undefined {
	const isApproved = sql`${templates.approvedVersion} is not null`;
	return teamId === null ? isApproved : or(isApproved, eq(templates.teamId, teamId));
}

/** The last version for its team, and for administrators while it waits; else the approved one. */
function visibleVersion({ teamId, isAdministrator }: TemplateViewer): SQL {
	const isOwn = teamId === null ? sql`false` : eq(templates.teamId, teamId);
	const sees = isAdministrator ? sql`(${isOwn} or ${isWaiting})` : isOwn;
	return sql`case when ${sees} then ${templates.version} else ${templates.approvedVersion} end`;
}

async function readPublished(db: DbLike, viewer: TemplateViewer, which: SQL | undefined) {
	const rows = await db
		.select({
			slug: templates.slug,
			name: templates.name,
			description: templates.description,
			category: templates.category,
			version: templateVersions.version,
			plan: templateVersions.plan,
			publisher: { id: teams.id, name: teams.name },
			isWaiting,
			approvedVersion: templates.approvedVersion,
		})
		.from(templates)
		.innerJoin(teams, eq(teams.id, templates.teamId))
		.innerJoin(
			templateVersions,
			and(eq(templateVersions.templateId, templates.id), eq(templateVersions.version, visibleVersion(viewer))),
		)
		.where(and(isNull(templates.unpublishedAt), which))
		.orderBy(desc(templates.updatedAt))
		.limit(MOST_LISTED);
	// One that this version cannot read takes nothing else along.
	return rows.flatMap(({ plan: stored, approvedVersion, ...row }): PublishedTemplate[] => {
		const { plan } = readStoredPlan(stored);
		if (!plan) return [];
		const credentials = Object.fromEntries(credentialsOf(plan).map((name) => [name, describeCredential(name)]));
		const told = { happens: [], needs: [], credentials, sampleRun: null };
		return [{ ...row, ...told, plan, isForEverybody: approvedVersion !== null }];
	});
}

function describeCredential(name: string) {
	return { label: name, help: "Read by its steps; without it they are passed by" };
}
