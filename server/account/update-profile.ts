import { eq } from "drizzle-orm";
import { z } from "zod";
import { THEMES, users } from "@/db/schema/teams";
import { nameSchema } from "@/server/auth/sign-up";
import type { Caller } from "@/server/teams/caller";
import { requireOwnAccount } from "./require-account";

const MAX_INITIALS = 2;

export const updateProfileInput = z.object({
	name: nameSchema.optional(),
	/** Null for those made from the name. */
	initials: z
		.string()
		.trim()
		.min(1, "Enter one or two letters.")
		.refine((text) => [...text].length <= MAX_INITIALS, "Use two letters at most.")
		.nullable()
		.optional(),
	theme: z.enum(THEMES).optional(),
	/** Null for that of the browser. */
	timeZone: z
		.string()
		.max(64)
		.refine(isTimeZone, "Choose a time zone from the list, such as Europe/Berlin.")
		.nullable()
		.optional(),
});

/** Changes what is given; what is left out stays. */
export async function updateProfile(caller: Caller, input: z.infer<typeof updateProfileInput>): Promise<void> {
	const { db } = caller.database;
	const { id } = await requireOwnAccount(db, caller);
	if (Object.values(input).every((value) => value === undefined)) return;
	await db.update(users).set(input).where(eq(users.id, id));
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}
