import { and, asc, eq, inArray } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { needsOf } from "@/server/execution/step/needs";
import type { Plan } from "@/server/plan/plan";
import type { CredentialReader } from "./open-credentials";
import { ownedBy } from "./visible-credentials";

/** The personal credentials of whoever starts a run that its steps read. */
export async function listOwnNames(db: DbLike, { teamId, actor }: CredentialReader, plan: Plan): Promise<string[]> {
	if (actor.kind !== "user") return [];
	const references = plan.nodes.flatMap((node) => needsOf(node).secrets);
	if (references.length === 0) return [];
	const names = [...new Set(references.map((reference) => reference.split(".")[0] ?? reference))];
	const rows = await db
		.select({ name: credentials.name })
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), ownedBy(actor), inArray(credentials.name, names)))
		.orderBy(asc(credentials.name));
	return rows.map(({ name }) => name);
}
