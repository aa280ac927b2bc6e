import { sql } from "drizzle-orm";
import { z } from "zod";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { cursorSchema, isSeenAt } from "./inbox-cursor";
import { kindSchema } from "./kind-schema";
import { announceInbox } from "./notify";

export const markReadInput = z.object({ id: z.string().min(1).max(64), isRead: z.boolean() });

/** Marks one of the caller's notifications as read, or as unread again. */
export async function markRead({ database: { db }, actor }: Caller, input: z.infer<typeof markReadInput>) {
	const userId = actor.kind === "user" ? actor.id : "";
	await db.transaction(async (tx) => {
		const found = await tx.execute(sql`
			update notifications set read_at = case when ${input.isRead}::boolean then coalesce(read_at, now()) end
			where id = ${input.id} and user_id = ${userId} returning id`);
		if (found.length === 0) throw new WeftError("not_found", "There is no such notification in your inbox.");
		await announceInbox(tx, userId);
	});
}

export const markAllReadInput = z.object({
	/** The `cursor` of the newest that was on the screen: what has come since stays unread. */
	upTo: cursorSchema,
	/** Of one kind alone. */
	kind: kindSchema.optional(),
});

/** Marks everything in the inbox as read that the caller has seen come. */
export async function markAllRead({ database: { db }, actor }: Caller, input: z.infer<typeof markAllReadInput>) {
	const userId = actor.kind === "user" ? actor.id : "";
	const isAsked = input.kind === undefined ? sql`true` : sql`n.kind = ${input.kind}`;
	await db.transaction(async (tx) => {
		await tx.execute(sql`
			update notifications n set read_at = now()
			where n.user_id = ${userId} and n.is_shown and n.read_at is null and ${isSeenAt(input.upTo)} and ${isAsked}`);
		await announceInbox(tx, userId);
	});
}
