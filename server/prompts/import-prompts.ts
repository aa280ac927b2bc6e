import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { slugify } from "@/server/plan/slugify";
import type { TextProblem } from "@/server/plan/values/text-problem";
import { nameOfPromptFile, type ParsedPrompt, parsePromptFile, renamePromptFile } from "@/server/plan/yaml/prompt-file";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { findNamed, lockLibrary, promptTextSchema } from "./prompt-ref";
import { insertPrompt, insertVersion, readText } from "./save-prompt";

const NOTE = "Imported";

export const importPromptsInput = teamInput.extend({
	files: z
		.array(z.object({ path: z.string().min(1).max(500), text: promptTextSchema }))
		.min(1, "Choose at least one file.")
		.max(PROMPT_LIMITS.files, `Import at most ${PROMPT_LIMITS.files} files at once.`),
});

/** What came of a file. */
export interface ImportedPrompt {
	path: string;
	/** Empty for a file that is no prompt. */
	name: string;
	outcome: "created" | "saved" | "unchanged" | "refused";
	version?: number;
	problem?: TextProblem;
}

/**
 * Takes Markdown files into the library: a new name is a new prompt, a known one a new version of it unless nothing changed.
 * A file without a name in its front matter is called as the file is. Those with mistakes are told, and keep no other out.
 */
export async function importPrompts(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof importPromptsInput>,
): Promise<ImportedPrompt[]> {
	const { team } = await requireMember(db, actor, input.team, "prompt:edit");
	return await db.transaction(async (tx) => {
		await lockLibrary(tx, team.id);
		const seen = new Set<string>();
		const imported: ImportedPrompt[] = [];
		for (const { path, text } of input.files) {
			const named = nameOfPromptFile(text) === undefined ? renamePromptFile(text, nameOfPath(path)) : text;
			const parsed = parsePromptFile(named);
			const name = parsed.prompt?.name ?? "";
			const problem = parsed.problems?.[0] ?? (seen.has(name) ? taken(name) : undefined);
			seen.add(name);
			const outcome = problem
				? ({ outcome: "refused", problem } as const)
				: await takeFile(tx, { teamId: team.id, actor }, { parsed, text: named });
			imported.push({ path, name, ...outcome });
		}
		return imported;
	});
}

function taken(name: string): TextProblem {
	return {
		line: 1,
		column: 1,
		message: `Another of these files is called ${name}, too. Give one of them another name.`,
	};
}

function nameOfPath(path: string): string {
	const file = path.split("/").at(-1) ?? path;
	return slugify(file.replace(/\.(?:prompt\.)?(?:md|markdown|txt)$/i, ""), "prompt");
}

async function takeFile(
	tx: DbTransaction,
	{ teamId, actor }: { teamId: string } & Pick<Caller, "actor">,
	{ parsed: { prompt: file }, text }: { parsed: ParsedPrompt; text: string },
): Promise<Omit<ImportedPrompt, "path" | "name">> {
	if (!file) return { outcome: "refused" };
	const prompt = await findNamed(tx, teamId, file.name);
	if (!prompt)
		return { outcome: "created", ...(await insertPrompt(tx, { teamId, actor }, { file, text, note: NOTE })) };
	if ((await readText(tx, prompt)) === text) return { outcome: "unchanged", version: prompt.version };
	return { outcome: "saved", ...(await insertVersion(tx, { prompt, actor }, { file, text, note: NOTE })) };
}
