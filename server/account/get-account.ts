import { asc, eq } from "drizzle-orm";
import { accounts, type users } from "@/db/schema/teams";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { isAddressVerified } from "@/server/auth/verified-address";
import { getMailer } from "@/server/mail/mailer";
import type { Caller } from "@/server/teams/caller";
import { requireAccount } from "./require-account";

/** What the account page shows of whoever calls. */
export async function getAccount(caller: Caller) {
	const { db } = caller.database;
	const user = await requireAccount(db, caller);
	const { name, email, initials, theme, timeZone, isAdministrator } = user;
	const services = await db
		.select({ provider: accounts.provider })
		.from(accounts)
		.where(eq(accounts.userId, user.id))
		.orderBy(asc(accounts.provider));
	return {
		...{ name: name ?? email, email, initials, theme, timeZone, isAdministrator },
		address: addressOf(user),
		isDemo: email === DEMO_EMAIL,
		hasPassword: user.passwordHash !== null,
		services: services.map(({ provider }) => provider),
	};
}

/** Whether the address is verified, or how it can be: by a link in a mail, or by whoever runs the server. */
function addressOf(user: typeof users.$inferSelect): "verified" | "by mail" | "by administrator" {
	if (user.emailVerified === null && getMailer() !== undefined) return "by mail";
	return isAddressVerified(user) ? "verified" : "by administrator";
}
