import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { promptVersions } from "@/db/schema/prompts";
import { users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findUses } from "./find-uses";
import { findPrompt, promptRefInput } from "./prompt-ref";

/** Versions that are listed; of earlier ones the text can still be read. */
const LISTED = 200;

export const getPromptInput = promptRefInput.extend({
	/** The latest when it is left out. */
	version: rowNumberSchema.min(1).optional(),
});

/** A prompt with the text of one version, its versions, newest first, and the workflows that use it. */
export async function getPrompt({ database: { db }, actor }: Caller, input: z.infer<typeof getPromptInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const { id, name, formerNames, description, version } = await findPrompt(db, team.id, input.prompt);
	const uses = await findUses(db, team.id);
	return {
		name,
		description,
		version,
		shown: { version: input.version ?? version, text: await readVersion(db, id, input.version ?? version) },
		versions: await listVersions(db, id),
		usedBy: uses.filter(({ prompt }) => prompt === name || formerNames.includes(prompt)),
	};
}

async function readVersion(db: DbLike, promptId: string, version: number): Promise<string> {
	const [row] = await db
		.select({ text: promptVersions.text })
		.from(promptVersions)
		.where(and(eq(promptVersions.promptId, promptId), eq(promptVersions.version, version)));
	if (!row) throw new WeftError("not_found", `This prompt has no version ${version}. Choose one that is listed.`);
	return row.text;
}

async function listVersions(db: DbLike, promptId: string) {
	return await db
		.select({
			version: promptVersions.version,
			note: promptVersions.note,
			savedAt: promptVersions.savedAt,
			savedBy: sql<string | null>`coalesce(${users.name}, ${users.email})`,
		})
		.from(promptVersions)
		.leftJoin(users, eq(users.id, promptVersions.savedBy))
		.where(eq(promptVersions.promptId, promptId))
		.orderBy(desc(promptVersions.version))
		.limit(LISTED);
}
