import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { users } from "@/db/schema/teams";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";

/** The account of whoever calls. Throws `unauthenticated` when it is gone. */
export async function requireAccount(db: DbLike, { actor }: Pick<Caller, "actor">) {
	const userId = actor.kind === "user" ? actor.id : "";
	const [user] = await db.select().from(users).where(eq(users.id, userId));
	if (!user) throw new WeftError("unauthenticated", "Sign in to continue.");
	return user;
}

const DEMO_STAYS = "The demo account cannot be changed. Create an account of your own.";

/** The same for what is one person's alone. Throws `forbidden` to the demo user, who is many people. */
export async function requireOwnAccount(db: DbLike, caller: Pick<Caller, "actor">, refusal = DEMO_STAYS) {
	const user = await requireAccount(db, caller);
	if (user.email === DEMO_EMAIL) throw new WeftError("forbidden", refusal);
	return user;
}
