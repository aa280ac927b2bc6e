import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { Actor } from "@/server/runs/events";

/** Whether somebody administers this instance, whatever their roles in teams are. */
export async function isAdministrator(db: DbLike, actor: Actor): Promise<boolean> {
	if (actor.kind !== "user") return false;
	const [user] = await db.select({ is: users.isAdministrator }).from(users).where(eq(users.id, actor.id));
	return user?.is ?? false;
}
