import type { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import type { teamInput } from "@/server/workflows/workflow-ref";
import { galleryQuerySchema, listTemplates } from "./list-templates";
import { viewTemplates } from "./view-templates";

/** A template as it is offered where a workflow begins. */
export interface TemplateChoice {
	slug: string;
	name: string;
	description: string;
	steps: number;
	/** Published by the caller's own team. */
	isOwn: boolean;
}

/** What a new workflow of a team can begin with: the team's own templates first, then the most used. */
export async function listTemplateChoices(
	caller: Caller,
	{ team }: z.infer<typeof teamInput>,
): Promise<TemplateChoice[]> {
	const viewer = await viewTemplates(caller, team);
	const { items } = await listTemplates(caller.database.db, viewer, galleryQuerySchema.parse({}));
	return items
		.map(({ slug, name, description, plan, isOwn }) => ({ slug, name, description, steps: plan.nodes.length, isOwn }))
		.sort((a, b) => Number(b.isOwn) - Number(a.isOwn));
}
