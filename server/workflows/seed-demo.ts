import { eq, sql } from "drizzle-orm";
import type { Database, DbTransaction } from "@/db/client";
import { memberships, users } from "@/db/schema/teams";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { createPersonalTeam } from "@/server/teams/create-personal-team";

const DEMO_NAME = "Demo user";
/** Any number: it only has to be the same in every process that seeds. */
const SEED_LOCK = 7_133_701;

/**
 * Makes the demo user, their team and its sample workflows, once: what people change or remove afterwards stays so.
 * `secret` is the server's master secret.
 */
export async function seedDemo({ db }: Pick<Database, "db">, secret: string): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
		const userId = await ensureDemoUser(tx);
		if ((await tx.$count(memberships, eq(memberships.userId, userId))) > 0) return;
		await createPersonalTeam(tx, { userId, personName: DEMO_NAME, secret, name: "Demo team", slug: "demo" });
	});
}

async function ensureDemoUser(tx: DbTransaction): Promise<string> {
	await tx.insert(users).values({ name: DEMO_NAME, email: DEMO_EMAIL }).onConflictDoNothing();
	const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, DEMO_EMAIL));
	if (!user) throw new Error("The demo user was not kept.");
	return user.id;
}
