import { and, eq, isNull } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { templates } from "@/db/schema/templates";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";

/** Published at once by one team: more than anybody looks through. */
export const MAX_TEMPLATES = 100;
const MAX_VERSIONS = 200;
/** Characters of JSON: the gallery reads every plan to draw it. */
const MAX_PLAN_LENGTH = 200_000;

/** Holds a place among the team's published templates until the transaction ends. Throws `conflict` when all are taken. */
export async function takePlace(tx: DbTransaction, teamId: string): Promise<void> {
	// Whoever counts holds the team's row, so that two at once cannot both take the last place.
	await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for("no key update");
	const published = await tx.$count(templates, and(eq(templates.teamId, teamId), isNull(templates.unpublishedAt)));
	if (published < MAX_TEMPLATES) return;
	const next = "Unpublish one that nobody uses, then publish this one.";
	throw new WeftError("conflict", `A team has at most ${MAX_TEMPLATES} published templates. ${next}`);
}

export function refuseManyVersions(version: number): void {
	if (version <= MAX_VERSIONS) return;
	const next = "Duplicate the workflow, and publish the copy as a new template.";
	throw new WeftError("conflict", `A template has at most ${MAX_VERSIONS} versions. ${next}`);
}

export function refuseLargePlan(plan: Plan): void {
	if (JSON.stringify(plan).length <= MAX_PLAN_LENGTH) return;
	const next = "Move long scripts and texts into files that its steps read, publish the workflow, then try again.";
	throw new WeftError("conflict", `This workflow is too large for a template: more than 200,000 characters. ${next}`);
}
