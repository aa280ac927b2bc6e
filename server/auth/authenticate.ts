import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { MasterSecrets } from "@/server/derive-key";
import { recognizeDevice, rememberDevice } from "./known-device";
import { verifyPassword } from "./password";
import { countSignIn, forgetAttempts } from "./sign-in-limits";

export const emailSchema = z
	.email("Enter an e-mail address, such as ada@example.com.")
	.max(254)
	.transform((email) => email.toLowerCase());

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(1_000) });

export interface SignedIn {
	userId: string;
	/** The cookie in which the browser keeps from now on that this person has signed in on it. */
	device: string;
}

/** Where a sign-in comes from. */
export interface SignInOrigin {
	address: string;
	/** The cookie in which the browser keeps who has signed in on it before. */
	device: string | undefined;
	/** With which that cookie is signed. */
	secrets: MasterSecrets;
}

/**
 * The user with this e-mail address and password; null if one of the two is wrong.
 * Throws `too_many_requests` after too many attempts from one address or for one e-mail.
 */
export async function authenticate(
	{ db }: Pick<Database, "db">,
	credentials: unknown,
	from: SignInOrigin,
): Promise<SignedIn | null> {
	const parsed = credentialsSchema.safeParse(credentials);
	if (!parsed.success) return null;
	const { email, password } = parsed.data;
	const [user] = await db
		.select({ id: users.id, passwordHash: users.passwordHash })
		.from(users)
		.where(eq(users.email, email));
	const owner = user?.passwordHash ? { userId: user.id, passwordHash: user.passwordHash } : undefined;
	const attempt = { email, address: from.address, device: owner && recognizeDevice(from.secrets, from.device, owner) };
	await countSignIn(db, attempt);
	if (!(await verifyPassword(password, owner?.passwordHash ?? null)) || !owner) return null;
	await forgetAttempts(db, attempt);
	return { userId: owner.userId, device: rememberDevice(from.secrets, from.device, owner) };
}
