import { z } from "zod";
import { hashPassword, newPasswordSchema, verifyPassword } from "@/server/auth/password";
import { setPassword } from "@/server/auth/password-links";
import { countPasswordChange } from "@/server/auth/sign-in-limits";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireOwnAccount } from "./require-account";

export const changePasswordInput = z.object({
	current: z
		.string()
		.min(1, "Enter your password.")
		.max(1_000, "That is not your password: none has more than 1,000 characters."),
	password: newPasswordSchema,
});

/** Sets a new password, and signs its person out everywhere else. Whoever has the session must know the old one. */
export async function changePassword(caller: Caller, input: z.infer<typeof changePasswordInput>): Promise<void> {
	const { db } = caller.database;
	const { id, email, passwordHash: before } = await requireOwnAccount(db, caller);
	if (before === null)
		throw new WeftError("conflict", "This account has no password: you sign in with another service.");
	await countPasswordChange(db, email);
	if (!(await verifyPassword(input.current, before)))
		throw new WeftError(
			"invalid",
			"That is not your password. Try again, or sign out and use “Forgot your password?”.",
		);
	const passwordHash = await hashPassword(input.password);
	await db.transaction((tx) => setPassword(tx, { userId: id, passwordHash, keep: caller.session?.id }));
}
