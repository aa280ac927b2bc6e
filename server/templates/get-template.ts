import type { DbLike } from "@/db/client";
import { writeWorkflowText } from "@/server/threads/large-work";
import { hasDemoModel } from "./fill-template";
import { findPublished, type PublishedTemplate } from "./published-templates";
import { readShippedTemplates } from "./shipped-templates";
import type { Template, TemplateViewer } from "./template";
import type { TemplateNeed } from "./template-file";

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
	/** Why the viewer may not take it back, if so. */
	refusal: string | null;
	/** It waits for an administrator, and this is one. */
	isToReview: boolean;
}

const NOT_OWN = { isOwn: false, refusal: null, isToReview: false };

const MODEL: Need = {
	kind: "model",
	name: "A language model",
	help: "The built-in demo answers until you choose Claude",
	optional: true,
};

/** The template of this slug that somebody may see; null when there is none. */
export async function findTemplate(db: DbLike, viewer: TemplateViewer, slug: string): Promise<Template | null> {
	return (await findShipped(slug)) ?? (await findPublished(db, viewer, slug));
}

/** The same with all that its page shows. */
export async function getTemplate(db: DbLike, viewer: TemplateViewer, slug: string): Promise<TemplatePage | null> {
	const shipped = (await readShippedTemplates()).get(slug);
	if (shipped) return toPage({ ...shipped, publisher: null }, { yaml: shipped.yaml, ...NOT_OWN });
	const published = await findPublished(db, viewer, slug);
	if (!published) return null;
	const { name, description, plan } = published;
	const yaml = await writeWorkflowText({ slug: slug.slice(0, 64), name, description, plan });
	return toPage(published, { yaml, ...standingOf(published, viewer) });
}

async function findShipped(slug: string): Promise<Template | null> {
	const shipped = (await readShippedTemplates()).get(slug);
	return shipped ? { ...shipped, publisher: null } : null;
}

function standingOf({ publisher, isWaiting }: PublishedTemplate, { teamId, isAdministrator, refusal }: TemplateViewer) {
	return { isOwn: publisher?.id === teamId, refusal, isToReview: isAdministrator && isWaiting };
}

function toPage(
	template: Template,
	more: Pick<TemplatePage, "yaml" | "isOwn" | "refusal" | "isToReview">,
): TemplatePage {
	const credentials = Object.entries(template.credentials).map(([name, about]) => ({ name, ...about }));
	const asksForModel = hasDemoModel(template.plan);
	const needs = [...template.needs, ...credentials.map(toNeed), ...(asksForModel ? [MODEL] : [])];
	return { ...template, ...more, needs, credentials, asksForModel };
}

function toNeed({ label, help }: { label: string; help: string }): Need {
	return { kind: "credential", name: label, help, optional: true };
}
