import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { shareLinks } from "@/db/schema/sharing";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import { SHARE_LINKS_CHANNEL } from "./share-links-channel";

export const revokeLinkInput = teamInput.extend({ id: z.string().min(1).max(64) });

/** Ends a link for good, and the pages that are open by it with it. Revoking twice is revoking once. */
export async function revokeLink({ database: { db }, actor }: Caller, input: z.infer<typeof revokeLinkInput>) {
	const { team } = await requireMember(db, actor, input.team, "run:share");
	const own = and(eq(shareLinks.teamId, team.id), eq(shareLinks.id, input.id));
	await db.transaction(async (tx) => {
		const [revoked] = await tx
			.update(shareLinks)
			.set({ revokedAt: new Date() })
			.where(and(own, isNull(shareLinks.revokedAt)))
			.returning({ name: shareLinks.name });
		if (!revoked) {
			if ((await tx.$count(shareLinks, own)) > 0) return;
			throw new WeftError("not_found", "There is no such link in this team.");
		}
		const target = { type: "share-link", id: input.id };
		await writeAudit(tx, { teamId: team.id, actor, action: "share-link.revoked", target, detail: revoked });
		await tx.execute(sql`select pg_notify(${SHARE_LINKS_CHANNEL}, ${input.id})`);
	});
}
