import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { SignedIn } from "./authenticate";

export const DEMO_EMAIL = "demo@weft.local";

/** The user that the seed makes; null when it was removed. */
export async function findDemoUser({ db }: Pick<Database, "db">): Promise<SignedIn | null> {
	const [user] = await db
		.select({ id: users.id, name: users.name, email: users.email, image: users.image, epoch: users.sessionEpoch })
		.from(users)
		.where(eq(users.email, DEMO_EMAIL));
	return user ?? null;
}
