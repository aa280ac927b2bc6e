import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { plans } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { credentialsOf, fillTemplate } from "@/server/templates/fill-template";
import { createWorkflow } from "@/server/workflows/create-workflow";
import { requirePlan } from "@/server/workflows/stored-plan";
import { teamInput, workflowNameSchema } from "@/server/workflows/workflow-ref";
import { hidesSomething } from "./hides-something";
import { openLink, type Visitor } from "./open-link";
import { readRunFilter } from "./run-filter";
import { sharePlan } from "./share-plan";
import { readSharedVersion } from "./shared-version";
import { linkInput } from "./visit-run";
import { workflowFilter } from "./visit-workflow";

const credentialName = z.string().min(1).max(100);

export const cloneSharedInput = teamInput.extend(linkInput.shape).extend({
	name: workflowNameSchema,
	/** By the name in the shared plan, the team's credential; null or left out for later. */
	credentials: z.record(credentialName, credentialName.nullable()).default({}),
});

/** What has to be filled in before a clone runs as what was shared. */
export interface ClonePlan {
	name: string;
	teamName: string;
	/** The names by which its steps read credentials. */
	credentials: string[];
	/** The names of the steps in which a key was written, which did not leave its team. */
	hidden: string[];
}

/** What somebody would clone by a link, and what is missing from it. Throws as `openLink` does. */
export async function describeClone(visitor: Visitor, { token }: z.infer<typeof linkInput>): Promise<ClonePlan> {
	const { name, teamName, plan } = await readSharedPlan(visitor, token);
	return { name, teamName, credentials: credentialsOf(plan), hidden: findHidden(plan) };
}

/**
 * Makes a workflow of what a link shows, in a team of the caller's: just the plan that leaves by the link. It is published
 * at once when nothing is missing, unless it would start by itself; else it is a draft, whose steps are passed by until they
 * have their credential.
 */
export async function cloneShared(
	{ database: { db }, actor }: Caller,
	visitor: Visitor,
	{ team: slug, token, name, credentials }: z.infer<typeof cloneSharedInput>,
): Promise<{ slug: string; isReady: boolean }> {
	const { team } = await requireMember(db, actor, slug, "workflow:edit");
	const { plan: shared } = await readSharedPlan(visitor, token);
	const isWhole = credentialsOf(shared).every((used) => credentials[used]) && findHidden(shared).length === 0;
	const plan = fillTemplate(shared, { credentials, provider: "demo" });
	const made = await db.transaction((tx) =>
		createWorkflow(tx, { teamId: team.id, actor, name, description: "", plan, isDraft: !isWhole }),
	);
	return { slug: made.slug, isReady: made.version !== null };
}

async function readSharedPlan(visitor: Visitor, token: string) {
	const link = await openLink(visitor, token);
	if (!link.shows.settings) {
		throw new WeftError(
			"forbidden",
			"This link does not show the settings of the steps, so the workflow cannot be cloned. Ask for a link that does.",
		);
	}
	const { db } = visitor.database;
	const filter = link.runId === null ? workflowFilter(true) : await readRunFilter(db, link.runId, link.shows);
	const plan =
		link.runId === null
			? (await readSharedVersion(db, link.workflow, link.version)).plan
			: await readPlan(db, link.runId);
	return { name: link.workflow.name, teamName: link.teamName, plan: sharePlan(plan, filter) };
}

async function readPlan(db: DbLike, runId: string): Promise<Plan> {
	const [found] = await db
		.select({ plan: plans.plan })
		.from(runs)
		.innerJoin(plans, and(eq(plans.teamId, runs.teamId), eq(plans.hash, runs.planHash)))
		.where(eq(runs.id, runId));
	return requirePlan(found?.plan, "This run");
}

function findHidden(plan: Plan): string[] {
	return plan.nodes.filter(({ config }) => hidesSomething(config)).map(({ name }) => name);
}
