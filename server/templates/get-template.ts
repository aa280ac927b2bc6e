import type { DbLike } from "@/db/client";
import type { Plan } from "@/server/plan/plan";
import { writeWorkflowText } from "@/server/threads/large-work";
import { hasDemoModel } from "./fill-template";
import { describeCredentials, findPublished } from "./published-templates";
import { readShippedTemplates } from "./shipped-templates";
import type { Template, TemplateViewer } from "./template";
import type { TemplateNeed } from "./template-file";
import { listVersions, readVersion, type TemplateVersion } from "./template-versions";

/** Something that a template works with; `credential` and `model` are read from its plan. */
interface Need extends Omit<TemplateNeed, "kind"> {
	kind: TemplateNeed["kind"] | "credential" | "model";
}

/** A template as its page shows it. */
export interface TemplatePage extends Omit<Template, "needs" | "credentials"> {
	needs: Need[];
	/** What its steps read of a team's credentials, by the name that they use. */
	credentials: { name: string; label: string; help: string }[];
	/** Whether the demo model answers a step. */
	asksForModel: boolean;
	yaml: string;
	/** Of one that the viewer's team published. */
	isOwn: boolean;
	/** Who sees the newest version, for its own team; null for others, and beside an older version. */
	standing: { isWaiting: boolean; isDeclined: boolean; approvedVersion: number | null } | null;
	/** It waits for an administrator, and this is one. */
	isToReview: boolean;
	/** Those that the viewer may look at, the newest first; none of what comes with Weft. */
	versions: TemplateVersion[];
	/** The newest that the viewer may see, when this is an older one. */
	newest: { version: number; plan: Plan } | null;
}

const SHIPPED = { isOwn: false, standing: null, isToReview: false, versions: [], newest: null };

const MODEL: Need = {
	kind: "model",
	name: "A language model",
	help: "The built-in demo answers until you choose another",
	optional: true,
};

/** The template of this slug that somebody may see; null when there is none. */
export async function findTemplate(db: DbLike, viewer: TemplateViewer, slug: string): Promise<Template | null> {
	return (await findShipped(slug)) ?? (await findPublished(db, viewer, slug));
}

/** The same with all that its page shows, in the newest version that the viewer may see or in an older one. */
export async function getTemplate(
	db: DbLike,
	viewer: TemplateViewer,
	{ slug, version: asked }: { slug: string; version?: number | undefined },
): Promise<TemplatePage | null> {
	const shipped = (await readShippedTemplates()).get(slug);
	if (shipped) return toPage({ ...shipped, publisher: null }, { yaml: shipped.yaml, ...SHIPPED });
	const published = await findPublished(db, viewer, slug);
	const shown = published && (await readVersion(db, viewer, { slug, version: asked ?? published.version }));
	if (!shown) return null;
	const { name, description, version, plan, isWaiting, isDeclined, approvedVersion, publisher } = published;
	const yaml = await writeWorkflowText({ slug: slug.slice(0, 64), name, description, plan: shown.plan });
	const isOld = shown.version < version;
	const isOwn = publisher?.id === viewer.teamId;
	return toPage(
		{ ...published, ...shown, credentials: describeCredentials(shown.plan) },
		{
			isOwn,
			standing: isOwn && !isOld ? { isWaiting, isDeclined, approvedVersion } : null,
			yaml,
			isToReview: !isOld && viewer.isAdministrator && isWaiting,
			versions: await listVersions(db, viewer, slug),
			newest: isOld ? { version, plan } : null,
		},
	);
}

async function findShipped(slug: string): Promise<Template | null> {
	const shipped = (await readShippedTemplates()).get(slug);
	return shipped ? { ...shipped, publisher: null } : null;
}

function toPage(
	template: Template,
	more: Pick<TemplatePage, "yaml" | "isOwn" | "standing" | "isToReview" | "versions" | "newest">,
): TemplatePage {
	const credentials = Object.entries(template.credentials).map(([name, about]) => ({ name, ...about }));
	const asksForModel = hasDemoModel(template.plan);
	const needs = [...template.needs, ...credentials.map(toNeed), ...(asksForModel ? [MODEL] : [])];
	return { ...template, ...more, needs, credentials, asksForModel };
}

function toNeed({ label, help }: { label: string; help: string }): Need {
	return { kind: "credential", name: label, help, optional: true };
}
