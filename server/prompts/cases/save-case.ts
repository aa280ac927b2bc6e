import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { promptCases } from "@/db/schema/prompts";
import { WeftError } from "@/server/errors";
import { expectationSchema } from "@/server/plan/prompts/prompt-case";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockPrompt, promptRefInput } from "../prompt-ref";

export const saveCaseInput = promptRefInput.extend({
	/** The case that is changed; a new one is made without it. */
	id: z.string().max(100).optional(),
	name: z.string().trim().min(1, "Give the case a name.").max(120),
	variables: jsonObjectSchema.refine(
		(values) => JSON.stringify(values).length <= PROMPT_LIMITS.caseValues,
		"The values of a case hold at most 20,000 characters.",
	),
	expectation: expectationSchema,
});
type SaveCase = z.infer<typeof saveCaseInput>;

/** Keeps a test case with its prompt. The same case twice is kept once; throws `conflict` for the name of another one. */
export async function saveCase({ database: { db }, actor }: Caller, input: SaveCase): Promise<{ id: string }> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	return await db.transaction(async (tx) => {
		const prompt = await lockPrompt(tx, team.id, input.prompt);
		const id = await keepCase(tx, { promptId: prompt.id, savedBy: actor.kind === "user" ? actor.id : null }, input);
		const target = { type: "prompt", id: prompt.id };
		const detail = { name: prompt.name, case: input.name };
		await writeAudit(tx, { teamId: team.id, actor, action: "prompt.case_saved", target, detail });
		return { id };
	});
}

interface Kept {
	promptId: string;
	savedBy: string | null;
}

async function keepCase(tx: DbTransaction, { promptId, savedBy }: Kept, input: SaveCase): Promise<string> {
	const { id, name, variables, expectation } = input;
	const ofPrompt = eq(promptCases.promptId, promptId);
	const others = and(ofPrompt, ne(promptCases.id, id ?? ""));
	if ((await tx.$count(promptCases, and(others, eq(promptCases.name, name)))) > 0)
		throw new WeftError("conflict", `There is a case “${name}” already. Give this one another name.`);
	const written = { name, variables, expectation, savedBy, savedAt: new Date() };
	if (id === undefined) {
		if ((await tx.$count(promptCases, ofPrompt)) >= PROMPT_LIMITS.cases)
			throw new WeftError("conflict", `A prompt has at most ${PROMPT_LIMITS.cases} test cases. Delete one first.`);
		const [made] = await tx
			.insert(promptCases)
			.values({ id: newId(), promptId, ...written })
			.returning({ id: promptCases.id });
		if (made) return made.id;
	}
	const [changed] = await tx
		.update(promptCases)
		.set(written)
		.where(and(ofPrompt, eq(promptCases.id, id ?? "")))
		.returning({ id: promptCases.id });
	if (!changed) throw new WeftError("not_found", "This test case has been deleted. Add it again.");
	return changed.id;
}
