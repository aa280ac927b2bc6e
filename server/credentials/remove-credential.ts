import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { credentials } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { keepFormerValue } from "./keep-former-value";

export const removeCredentialInput = z.object({ team: z.string().min(1).max(64), id: z.string().min(1).max(64) });

export async function removeCredential(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof removeCredentialInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "credential:manage");
	await db.transaction(async (tx) => {
		const [removed] = await tx
			.delete(credentials)
			.where(and(eq(credentials.teamId, team.id), eq(credentials.id, input.id)))
			.returning();
		if (!removed)
			throw new WeftError("not_found", "There is no such credential in this team. It may have been removed.");
		await keepFormerValue(tx, team.id, removed);
		const target = { type: "credential", id: removed.id };
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "credential.removed",
			target,
			detail: { name: removed.name },
		});
	});
}
