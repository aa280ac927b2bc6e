import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike, DbTransaction } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import { WeftError } from "@/server/errors";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { type PromptFile, parsePromptFile } from "@/server/plan/yaml/prompt-file";
import { lockSlug } from "@/server/teams/former-slugs";
import { teamInput } from "@/server/workflows/workflow-ref";

/** A prompt as its page’s address names it. */
export const promptRefInput = teamInput.extend({ prompt: z.string().min(1).max(PROMPT_LIMITS.name) });
export const promptTextSchema = z.string().max(PROMPT_LIMITS.text, "A prompt holds at most 200,000 characters.");

export type PromptRow = typeof prompts.$inferSelect;

/** For a query: those of a team that are there. */
export function isInLibrary(teamId: string) {
	return and(eq(prompts.teamId, teamId), isNull(prompts.removedAt));
}

/** For a query: the prompt that has, or had, a name. */
function isCalled(name: string) {
	return sql`(${prompts.name} = ${name} or ${name} = any(${prompts.formerNames}))`;
}

/** The team’s prompt of this name, or of one that it had before. */
export async function findPrompt(db: DbLike, teamId: string, name: string): Promise<PromptRow> {
	const [row] = await db
		.select()
		.from(prompts)
		.where(and(isInLibrary(teamId), isCalled(name)))
		.limit(1);
	if (row) return row;
	throw new WeftError("not_found", `There is no prompt “${name}” in this team. It may have been deleted.`);
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockPrompt(tx: DbTransaction, teamId: string, name: string): Promise<PromptRow> {
	await lockLibrary(tx, teamId);
	return await findPrompt(tx, teamId, name);
}

/** Those who change the prompts of a team do so one after the other: names are unique, and prompts are few. */
export async function lockLibrary(tx: DbTransaction, teamId: string): Promise<void> {
	await lockSlug(tx, `prompts of ${teamId}`, "");
}

/** Another prompt of the team that a name leads to. */
export async function findNamed(tx: DbTransaction, teamId: string, name: string): Promise<PromptRow | undefined> {
	const [row] = await tx
		.select()
		.from(prompts)
		.where(and(isInLibrary(teamId), isCalled(name)))
		.limit(1);
	return row;
}

/** A prompt that somebody wrote. Throws `invalid` with the place of the first mistake. */
export function readPromptText(text: string): PromptFile {
	const { prompt, problems } = parsePromptFile(text);
	if (prompt) return prompt;
	const [{ line, column, message }] = problems;
	throw new WeftError("invalid", `Line ${line}, column ${column}: ${message}`);
}
