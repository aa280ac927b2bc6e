import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { workflowOrigins } from "@/db/schema/templates";
import { credentialName } from "@/server/credentials/credential-definition";
import { PROVIDER_NAMES } from "@/server/llm/provider-names";
import { modelField } from "@/server/nodes/model-fields";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { createWorkflow } from "@/server/workflows/create-workflow";
import { teamInput, workflowNameSchema } from "@/server/workflows/workflow-ref";
import { fillTemplate } from "./fill-template";
import { findTemplate } from "./get-template";
import { templateNotFound } from "./template-not-found";
import { viewTemplates } from "./view-templates";

export const createFromTemplateInput = teamInput.extend({
	template: z.string().min(1).max(100),
	/** Instead of the template's. */
	name: workflowNameSchema.optional(),
	inputs: jsonObjectSchema.optional(),
	/** By the name in the template, the team's credential; null or left out for later. */
	credentials: z.record(credentialName, credentialName.nullable()).default({}),
	/** Who answers the prompts that the demo answers in the template. */
	provider: z.enum(["demo", ...PROVIDER_NAMES]).default("demo"),
	/** The usual one of the provider without it. */
	model: modelField,
});

/**
 * Makes a workflow of a template. Steps whose credential comes later are passed by until they are enabled, so that it runs
 * at once. Throws `invalid` with the inputs whose values do not fit.
 */
export async function createFromTemplate(
	caller: Caller,
	{ template: slug, name, ...input }: z.infer<typeof createFromTemplateInput>,
): Promise<{ slug: string; issues: Issue[] }> {
	const {
		database: { db },
		actor,
	} = caller;
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const template = await findTemplate(db, await viewTemplates(caller, input.team), slug);
	if (!template) throw templateNotFound(slug);
	const plan = fillTemplate(template.plan, input);
	const named = { name: name ?? template.name, description: template.description };
	return await db.transaction(async (tx) => {
		const made = await createWorkflow(tx, { ...named, teamId: team.id, actor, plan });
		const usedBy = actor.kind === "user" ? actor.id : null;
		await keepOrigin(tx, {
			workflowId: made.id,
			template: slug,
			version: template.version,
			base: template.plan,
			usedBy,
		});
		return { slug: made.slug, issues: made.issues };
	});
}

interface Origin {
	workflowId: string;
	template: string;
	version: number;
	base: Plan;
	usedBy: string | null;
}

async function keepOrigin(tx: DbTransaction, origin: Origin): Promise<void> {
	await tx.insert(workflowOrigins).values(origin);
}
