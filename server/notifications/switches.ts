import { eq } from "drizzle-orm";
import { z } from "zod";
import { notificationSwitches } from "@/db/schema/notifications";
import { requireAccount, requireOwnAccount } from "@/server/account/require-account";
import { getMailer } from "@/server/mail/mailer";
import type { Caller } from "@/server/teams/caller";
import { COMMON_KINDS, KIND_NAMES, kindOf } from "./catalog";
import { kindSchema } from "./kind-schema";
import { mailsOnlyVerified } from "./mail/mails-only-verified";

/** What the caller is told of, by kind and by which way, and whether this server sends mail at all. */
export async function listSwitches(caller: Caller) {
	const { db } = caller.database;
	const { id, emailVerified, isAdministrator } = await requireAccount(db, caller);
	const rows = await db.select().from(notificationSwitches).where(eq(notificationSwitches.userId, id));
	const kinds = (isAdministrator ? KIND_NAMES : COMMON_KINDS).map((name) => {
		const { title, description, isMailed } = kindOf(name);
		const own = rows.find(({ kind }) => kind === name);
		return { kind: name, title, description, isShown: own?.isShown ?? true, isMailed: own?.isMailed ?? isMailed };
	});
	return { kinds, mail: mailFor(emailVerified) };
}

/** Whether this server mails to somebody; `unverified` where it does once their address is known to be theirs. */
function mailFor(emailVerified: Date | null): "sent" | "none" | "unverified" {
	if (getMailer() === undefined) return "none";
	return mailsOnlyVerified() && emailVerified === null ? "unverified" : "sent";
}

export const setSwitchInput = z.object({
	kind: kindSchema,
	/** In the inbox. */
	isShown: z.boolean(),
	/** By e-mail too. */
	isMailed: z.boolean(),
});

/** Switches a kind on or off, for what happens from now on. */
export async function setSwitch(caller: Caller, { kind, ...ways }: z.infer<typeof setSwitchInput>): Promise<void> {
	const { db } = caller.database;
	const { id } = await requireOwnAccount(db, caller);
	await db
		.insert(notificationSwitches)
		.values({ userId: id, kind, ...ways })
		.onConflictDoUpdate({ target: [notificationSwitches.userId, notificationSwitches.kind], set: ways });
}
