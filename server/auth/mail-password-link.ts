import { and, eq, ne } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import { getEnv } from "@/server/env";
import type { SendMail } from "@/server/mail/mailer";
import { publicAddress } from "@/server/public-address";
import { DEMO_EMAIL } from "./demo-user";
import { LINK_HOURS, makePasswordLink, passwordLinkPath } from "./password-links";

/** Sends a link for a new password to whoever has an account with this address, which the demo user has not. */
export async function mailPasswordLink({ db }: Pick<Database, "db">, email: string, send: SendMail): Promise<void> {
	const [user] = await db
		.select({ id: users.id })
		.from(users)
		.where(and(eq(users.email, email), ne(users.email, DEMO_EMAIL)));
	if (!user) return;
	const address = publicAddress(passwordLinkPath(await makePasswordLink(db, user.id, "mailed")), getEnv());
	const text = [
		`Somebody asked to set a new password for ${email} on Weft.`,
		`Open this link to do so. It works once, for ${LINK_HOURS.mailed} hour:`,
		address,
		"If it was not you, do nothing: your password stays as it is.",
	];
	await send({ to: email, subject: "Set a new password for Weft", text: text.join("\n\n") });
}
