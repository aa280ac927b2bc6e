import { z } from "zod";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import { withAddress } from "@/server/http/request-address";
import { createPersonalTeam } from "@/server/teams/create-personal-team";
import { acceptInvitationIn } from "@/server/teams/invitations/accept-invitation";
import { emailSchema } from "./authenticate";
import { hashPassword, newPasswordSchema } from "./password";
import { countSignUp } from "./sign-in-limits";
import { admitNewAccount, requireSignUp, type SignUpGrounds } from "./sign-up-policy";

export const nameSchema = z
	.string()
	.trim()
	.min(1, "Enter your name.")
	.max(100, "Use 100 characters at most for your name.");

export const signUpInput = z.object({
	name: nameSchema,
	email: emailSchema,
	password: newPasswordSchema,
});

/** Where a sign-up comes from, and what lets it in. */
export interface SignUpOrigin extends SignUpGrounds {
	address: string;
	/** The master secret, which wraps the new team's key. */
	secret: string;
	/** The token of an invitation that the new account takes up. */
	invitation?: string | undefined;
}

/**
 * Makes an account with a team of its own and the sample workflows in it. Throws `forbidden` when this instance takes no
 * such account, `conflict` when the address has one, or the invitation lets nobody in any more. `joined` is the team of the
 * invitation.
 */
export async function signUp(
	{ db }: Pick<Database, "db">,
	input: z.infer<typeof signUpInput>,
	{ address, secret, invitation, ...grounds }: SignUpOrigin,
): Promise<{ userId: string; joined: string | undefined }> {
	await countSignUp(db, { address, email: input.email });
	await requireSignUp(db, grounds);
	const passwordHash = await hashPassword(input.password);
	return await db.transaction(async (tx) => {
		const { isAdministrator } = await admitNewAccount(tx, grounds);
		const [user] = await tx
			.insert(users)
			.values({ name: input.name, email: input.email, passwordHash, isAdministrator })
			.onConflictDoNothing()
			.returning({ id: users.id });
		if (!user)
			throw new WeftError("conflict", "There is an account with this e-mail address already. Sign in instead.");
		const { name, email } = input;
		const joined = await withAddress(address, async () => {
			await createPersonalTeam(tx, { userId: user.id, personName: name, secret });
			return invitation && (await acceptInvitationIn(tx, invitation, { userId: user.id, name, email })).slug;
		});
		return { userId: user.id, joined };
	});
}
