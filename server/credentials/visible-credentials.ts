import { eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { credentials } from "@/db/schema/teams";
import type { Actor } from "@/server/runs/events";

/** The team's credentials, and the actor's own: nobody else's. */
export function isOfTeamOr(actor: Actor): SQL | undefined {
	return or(isNull(credentials.ownerId), ownedBy(actor));
}

export function ownedBy(actor: Actor): SQL | undefined {
	return actor.kind === "user" ? eq(credentials.ownerId, actor.id) : sql`false`;
}
