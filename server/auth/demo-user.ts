import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";

export const DEMO_EMAIL = "demo@weft.local";

/** The id of the user that the seed makes; undefined when it was removed. */
export async function findDemoUser({ db }: Pick<Database, "db">): Promise<string | undefined> {
	const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, DEMO_EMAIL));
	return user?.id;
}
