import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { promptCases } from "@/db/schema/prompts";
import { caseResultSchema, expectationSchema } from "@/server/plan/prompts/prompt-case";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findPrompt, type promptRefInput } from "../prompt-ref";

const rowSchema = z.object({
	id: z.string(),
	name: z.string(),
	variables: jsonObjectSchema.catch({}),
	expectation: expectationSchema.catch({ kind: "any" }),
	/** How it came out last, with whatever text that was. */
	result: caseResultSchema.nullable().catch(null),
});
export type Case = z.infer<typeof rowSchema>;

/** The test cases of a prompt by name. */
export async function listCases(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof promptRefInput>,
): Promise<Case[]> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const { id } = await findPrompt(db, team.id, input.prompt);
	return await readCases(db, id);
}

export async function readCases(db: DbLike, promptId: string): Promise<Case[]> {
	const rows = await db
		.select()
		.from(promptCases)
		.where(eq(promptCases.promptId, promptId))
		.orderBy(asc(promptCases.name));
	return rows.map((row) => rowSchema.parse(row));
}
