import { eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { credentials, type formerCredentialValues } from "@/db/schema/teams";
import type { Actor } from "@/server/runs/events";

type Owned = Pick<typeof credentials | typeof formerCredentialValues, "ownerId">;

/** The team's credentials, and the actor's own: nobody else's. */
export function isOfTeamOr(actor: Actor, { ownerId }: Owned = credentials): SQL | undefined {
	return or(isNull(ownerId), ownedBy(actor, { ownerId }));
}

export function ownedBy(actor: Actor, { ownerId }: Owned = credentials): SQL | undefined {
	return actor.kind === "user" ? eq(ownerId, actor.id) : sql`false`;
}
