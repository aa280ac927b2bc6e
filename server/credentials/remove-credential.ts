import { eq } from "drizzle-orm";
import { z } from "zod";
import { credentials } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { writeAudit } from "@/server/teams/write-audit";
import { findCredential } from "./find-credential";
import { keepFormerValue } from "./keep-former-value";

export const removeCredentialInput = z.object({ team: z.string().min(1).max(64), id: z.string().min(1).max(64) });

export async function removeCredential(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof removeCredentialInput>,
): Promise<void> {
	const { id, teamId } = await findCredential(db, actor, input);
	await db.transaction(async (tx) => {
		const [removed] = await tx.delete(credentials).where(eq(credentials.id, id)).returning();
		if (!removed) throw new WeftError("not_found", "Somebody else has just removed this credential.");
		await keepFormerValue(tx, teamId, removed);
		const target = { type: "credential", id };
		await writeAudit(tx, { teamId, actor, action: "credential.removed", target, detail: { name: removed.name } });
	});
}
