import { and, asc, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { referencesTo } from "@/server/credentials/catalog";
import type { CredentialReader } from "@/server/credentials/open-credentials";
import { isOfTeamOr } from "@/server/credentials/visible-credentials";
import type { PlanContext } from "@/server/plan/graph/plan-view";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { readKnownPrompts } from "@/server/prompts/known-prompts";
import { findIssues } from "@/server/threads/large-work";

/**
 * What plans are checked against beside the types of steps: what references to credentials may read in the reader's runs.
 * `ownCredentials`: the names that nobody else's runs find, those of the schedule included.
 */
export async function readPlanContext(
	db: DbLike,
	{ teamId, actor }: CredentialReader,
): Promise<Required<Pick<PlanContext, "credentials">> & { ownCredentials: string[] }> {
	const rows = await db
		.select({ name: credentials.name, parts: credentials.parts, ownerId: credentials.ownerId })
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), isOfTeamOr(actor)))
		.orderBy(asc(credentials.name));
	const ofTeam = new Set(rows.flatMap(({ name, ownerId }) => (ownerId === null ? [name] : [])));
	const own = rows.flatMap(({ name }) => (ofTeam.has(name) ? [] : [name]));
	return { credentials: [...new Set(rows.flatMap(referencesTo))], ownCredentials: own };
}

/** What is wrong with a plan in its team, for whoever would run it, errors first. */
export async function checkPlan(
	db: DbLike,
	reader: CredentialReader,
	{ plan, ...how }: { plan: Plan; only?: readonly string[]; signal?: AbortSignal | undefined },
): Promise<Issue[]> {
	const { credentials } = await readPlanContext(db, reader);
	const prompts = await readKnownPrompts(db, reader.teamId, [plan]);
	return await findIssues(plan, { credentials, prompts, ...how });
}
