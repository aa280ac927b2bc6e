import { and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { templates, templateVersions } from "@/db/schema/templates";
import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { credentialsOf } from "./fill-template";
import { STRANGER, type Template, type TemplateViewer } from "./template";
import { isWaiting } from "./template-versions";
import { seenPlan } from "./without-addresses";

/** The gallery shows so many of those that were published, the newest first. */
const MOST_LISTED = 300;

/** A published template, and where it stands for those who look after it. */
export interface PublishedTemplate extends Template {
	/** Somebody asked to have this version seen by everybody, and no administrator has answered. */
	isWaiting: boolean;
	/** An administrator declined the last version, and nobody has published it anew. */
	isDeclined: boolean;
	/** The version that everybody sees; null for one that its team alone sees. */
	approvedVersion: number | null;
}

/** The published templates that somebody may see, each in the version that they may see. */
export async function listPublished(db: DbLike, viewer: TemplateViewer): Promise<PublishedTemplate[]> {
	return await readPublished(db, viewer, isVisible(viewer));
}

/** Those whose last version waits for an administrator. */
export async function listWaiting(db: DbLike): Promise<PublishedTemplate[]> {
	return await readPublished(db, { ...STRANGER, isAdministrator: true }, isWaiting);
}

/** Without its recorded run. Null when there is none of this slug, or none that they may see. */
export async function findPublished(
	db: DbLike,
	viewer: TemplateViewer,
	slug: string,
): Promise<PublishedTemplate | null> {
	const visible = viewer.isAdministrator ? or(isVisible(viewer), isWaiting) : isVisible(viewer);
	const [found] = await readPublished(db, viewer, and(eq(templates.slug, slug), visible));
	return found ?? null;
}

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
			isDeclined: sql<boolean>`(${templates.isForInstance} and ${templates.declinedVersion} is not distinct from ${templates.version})`,
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
	return rows.flatMap(({ plan: stored, ...row }): PublishedTemplate[] => {
		const { plan: whole } = readStoredPlan(stored);
		if (!whole) return [];
		const plan = seenPlan(whole, viewer, row.publisher.id);
		const told = { happens: [], needs: needsIn(plan), credentials: describeCredentials(plan), sampleRun: null };
		return [{ ...row, ...told, plan }];
	});
}

/** What its types of steps need, each once. */
function needsIn({ nodes }: Plan): Template["needs"] {
	const types = new Set(nodes.map(({ type }) => type));
	const needs = [...types].flatMap((type) => definitionOf(type)?.needs ?? []);
	return needs.map((need) => ({ ...need, optional: false }));
}

/** What is said of the credentials that a plan refers to, where nobody has described them. */
export function describeCredentials(plan: Plan): Template["credentials"] {
	const described = credentialsOf(plan).map((name) => [
		name,
		{ label: name, help: "Used by its steps, which runs skip without it" },
	]);
	return Object.fromEntries(described);
}
