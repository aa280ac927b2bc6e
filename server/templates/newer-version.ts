import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { workflowOrigins } from "@/db/schema/templates";
import type { Plan } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, type WorkflowRef } from "@/server/workflows/workflow-ref";
import { findTemplate } from "./get-template";
import type { Template } from "./template";
import { viewTemplates } from "./view-templates";

/** What has become of the template that a workflow was made from. */
export interface NewerVersion {
	template: { slug: string; name: string };
	/** The version that the workflow was made from, or took last. */
	from: number;
	version: number;
	/** The template's plans of both. */
	base: Plan;
	theirs: Plan;
}

/** Null for a workflow that was made from no template, and where there is nothing newer that the caller may see. */
export async function findNewerVersion(caller: Caller, input: WorkflowRef): Promise<NewerVersion | null> {
	const { db } = caller.database;
	const { team } = await requireMember(db, caller.actor, input.team, "team:view");
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const origin = await readOrigin(db, workflowId);
	const template = origin && (await findTemplate(db, await viewTemplates(caller, input.team), origin.template));
	return template ? compare(origin, template) : null;
}

async function readOrigin(db: DbLike, workflowId: string) {
	const [origin] = await db.select().from(workflowOrigins).where(eq(workflowOrigins.workflowId, workflowId));
	return origin;
}

function compare(origin: { version: number; base: unknown }, template: Template): NewerVersion | null {
	if (template.version <= origin.version) return null;
	const { plan: base } = readStoredPlan(origin.base);
	const { slug, name, version, plan: theirs } = template;
	// A version can be new by its name or its recorded run alone: there is nothing to take, so nobody is asked to.
	if (!base || isSameJson(base, theirs)) return null;
	return { template: { slug, name }, from: origin.version, version, base, theirs };
}
