import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { newId } from "@/db/new-id";
import { prompts, promptVersions } from "@/db/schema/prompts";
import { WeftError } from "@/server/errors";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import type { PromptFile } from "@/server/plan/yaml/prompt-file";
import type { Caller } from "@/server/teams/caller";
import { keepFormerSlugs } from "@/server/teams/former-slugs";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import {
	findNamed,
	isInLibrary,
	lockLibrary,
	lockPrompt,
	type PromptRow,
	promptRefInput,
	promptTextSchema,
	readPromptText,
} from "./prompt-ref";

export interface SavedPrompt {
	name: string;
	version: number;
}

export const createPromptInput = teamInput.extend({ text: promptTextSchema });

/** Adds a prompt to the library, as version 1. Its name stands in its front matter; throws `conflict` when that is taken. */
export async function createPrompt(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof createPromptInput>,
): Promise<SavedPrompt> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	const file = readPromptText(input.text);
	return await db.transaction(async (tx) => {
		await lockLibrary(tx, team.id);
		await refuseTaken(tx, team.id, file.name);
		return await insertPrompt(tx, { teamId: team.id, actor }, { file, text: input.text, note: "" });
	});
}

export const savePromptInput = promptRefInput.extend({
	text: promptTextSchema,
	/** The version that was edited. */
	version: rowNumberSchema,
	/** What is new, in a few words. */
	note: z.string().trim().max(PROMPT_LIMITS.note).default(""),
});

/**
 * Saves a text as the next version; another name in its front matter renames the prompt. The same text twice is saved once.
 * Throws `conflict` when somebody else saved first.
 */
export async function savePrompt(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof savePromptInput>,
): Promise<SavedPrompt> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	const file = readPromptText(input.text);
	return await db.transaction(async (tx) => {
		const prompt = await lockPrompt(tx, team.id, input.prompt);
		if ((await readText(tx, prompt)) === input.text) return { name: prompt.name, version: prompt.version };
		if (prompt.version !== input.version)
			throw new WeftError(
				"conflict",
				`“${prompt.name}” was saved as version ${prompt.version} since you began. Compare the two, then save yours again.`,
			);
		return await insertVersion(tx, { prompt, actor }, { file, text: input.text, note: input.note });
	});
}

type Author = Pick<Caller, "actor">;

interface Written {
	file: PromptFile;
	text: string;
	note: string;
}

/** In a transaction that has locked the library; the name is free. */
export async function insertPrompt(
	tx: DbTransaction,
	{ teamId, actor }: Author & { teamId: string },
	written: Written,
): Promise<SavedPrompt> {
	if ((await tx.$count(prompts, isInLibrary(teamId))) >= PROMPT_LIMITS.prompts)
		throw new WeftError(
			"conflict",
			`A team has at most ${PROMPT_LIMITS.prompts} prompts. Delete one that nothing uses.`,
		);
	const { name, description, variables } = written.file;
	const id = newId();
	const savedBy = actor.kind === "user" ? actor.id : null;
	await tx.insert(prompts).values({ id, teamId, name, description, variables, version: 1, savedBy });
	await tx
		.insert(promptVersions)
		.values({ promptId: id, version: 1, variables, savedBy, text: written.text, note: written.note });
	const target = { type: "prompt", id };
	await writeAudit(tx, { teamId, actor, action: "prompt.created", target, detail: { name, version: 1 } });
	return { name, version: 1 };
}

/** The same, of a prompt that is there. Throws `conflict` when its new name is another’s. */
export async function insertVersion(
	tx: DbTransaction,
	{ prompt, actor }: Author & { prompt: PromptRow },
	written: Written,
): Promise<SavedPrompt> {
	const { id, teamId } = prompt;
	const { name, description, variables } = written.file;
	const formerNames = await changeName(tx, prompt, name);
	const version = prompt.version + 1;
	if (version > PROMPT_LIMITS.versions)
		throw new WeftError("conflict", `A prompt has at most ${PROMPT_LIMITS.versions} versions. Go on in a new one.`);
	const savedBy = actor.kind === "user" ? actor.id : null;
	await tx
		.insert(promptVersions)
		.values({ promptId: id, version, variables, savedBy, text: written.text, note: written.note });
	const latest = { name, formerNames, description, variables, version, savedBy, savedAt: new Date() };
	await tx.update(prompts).set(latest).where(eq(prompts.id, id));
	const change = { before: { name: prompt.name, version: prompt.version }, after: { name, version } };
	const target = { type: "prompt", id };
	await writeAudit(tx, { teamId, actor, action: "prompt.saved", target, detail: { name, version }, change });
	return { name, version };
}

async function changeName(tx: DbTransaction, prompt: PromptRow, name: string): Promise<string[]> {
	const { id, teamId, formerNames } = prompt;
	if (name === prompt.name) return formerNames;
	const other = await findNamed(tx, teamId, name);
	if (other && other.id !== id) throw nameTaken(name, other);
	return keepFormerSlugs({ slug: prompt.name, formerSlugs: formerNames }, name);
}

async function refuseTaken(tx: DbTransaction, teamId: string, name: string): Promise<void> {
	const other = await findNamed(tx, teamId, name);
	if (other) throw nameTaken(name, other);
}

function nameTaken(name: string, other: PromptRow): WeftError {
	const whose = other.name === name ? "There is a prompt" : `“${other.name}” was called`;
	return new WeftError("conflict", `${whose} “${name}” already. Choose another name.`);
}

/** The text of the latest version. */
export async function readText(tx: DbTransaction, { id, version }: PromptRow): Promise<string> {
	const [row] = await tx
		.select({ text: promptVersions.text })
		.from(promptVersions)
		.where(and(eq(promptVersions.promptId, id), eq(promptVersions.version, version)));
	return row?.text ?? "";
}
