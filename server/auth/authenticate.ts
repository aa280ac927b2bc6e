import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import { verifyPassword } from "./password";
import { countAttempt, forgetAttempts } from "./sign-in-limits";

export const emailSchema = z
	.email("Enter an e-mail address, such as ada@example.com.")
	.max(254)
	.transform((email) => email.toLowerCase());

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(1_000) });

export interface SignedIn {
	id: string;
	name: string | null;
	email: string;
	image: string | null;
}

/**
 * Who has this e-mail address and this password; null when nobody has, without saying which of the two is wrong.
 * Throws `too_many_requests` after too many attempts from one address or for one e-mail.
 */
export async function authenticate(
	{ db }: Pick<Database, "db">,
	credentials: unknown,
	address: string,
): Promise<SignedIn | null> {
	const parsed = credentialsSchema.safeParse(credentials);
	if (!parsed.success) return null;
	const { email, password } = parsed.data;
	await countAttempt(db, { address, email }, ["sign-in-address", "sign-in-email", "sign-in"]);
	const [user] = await db.select().from(users).where(eq(users.email, email));
	if (!(await verifyPassword(password, user?.passwordHash ?? null)) || !user) return null;
	await forgetAttempts(db, { address, email });
	return { id: user.id, name: user.name, email: user.email, image: user.image };
}
