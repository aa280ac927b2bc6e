import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { failureDestinations } from "@/db/schema/failures";
import { describeDestination } from "./describe-destination";

/** The names of the credentials by which a team or its workflows tell of failures. */
export async function listReadCredentials(db: DbLike, teamId: string): Promise<Set<string>> {
	const { type, fields } = failureDestinations;
	const rows = await db
		.select({ type, fields })
		.from(failureDestinations)
		.where(eq(failureDestinations.teamId, teamId));
	return new Set(rows.flatMap((row) => describeDestination(row).credentials));
}
