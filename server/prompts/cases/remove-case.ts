import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { promptCases } from "@/db/schema/prompts";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockPrompt, promptRefInput } from "../prompt-ref";

export const removeCaseInput = promptRefInput.extend({ id: z.string().max(100) });

/** Takes a test case away; one that is gone already stays so. */
export async function removeCase(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof removeCaseInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	await db.transaction(async (tx) => {
		const prompt = await lockPrompt(tx, team.id, input.prompt);
		const [removed] = await tx
			.delete(promptCases)
			.where(and(eq(promptCases.promptId, prompt.id), eq(promptCases.id, input.id)))
			.returning({ name: promptCases.name });
		if (!removed) return;
		const target = { type: "prompt", id: prompt.id };
		const detail = { name: prompt.name, case: removed.name };
		await writeAudit(tx, { teamId: team.id, actor, action: "prompt.case_removed", target, detail });
	});
}
