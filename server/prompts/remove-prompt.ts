import { eq } from "drizzle-orm";
import type { z } from "zod";
import { prompts } from "@/db/schema/prompts";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockPrompt, type promptRefInput } from "./prompt-ref";

/**
 * Takes a prompt out of the library, and its name is free. Runs that have begun with it end with it; a workflow that still
 * names it can neither be published nor run its step.
 */
export async function removePrompt(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof promptRefInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	await db.transaction(async (tx) => {
		const { id, name, version } = await lockPrompt(tx, team.id, input.prompt);
		await tx.update(prompts).set({ removedAt: new Date() }).where(eq(prompts.id, id));
		const target = { type: "prompt", id };
		await writeAudit(tx, { teamId: team.id, actor, action: "prompt.removed", target, detail: { name, version } });
	});
}
