import { and, asc, eq, gt } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { prompts, promptVersions } from "@/db/schema/prompts";
import { zipStream } from "@/server/artifacts/zip-stream";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { isInLibrary } from "./prompt-ref";

/** As an address says it: `?team=…`. */
export const exportPromptsInput = teamInput;

/** Rows that are read at once: texts may be long. */
const BATCH = 20;

/** The latest version of every prompt of a team as one archive of Markdown files, made while it is read. */
export async function exportPrompts(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof exportPromptsInput>,
): Promise<ReadableStream<Uint8Array>> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	return zipStream(listEntries(db, team.id));
}

async function* listEntries(db: Db, teamId: string) {
	for (let after = ""; ; ) {
		const rows = await db
			.select({ name: prompts.name, savedAt: prompts.savedAt, text: promptVersions.text })
			.from(prompts)
			.innerJoin(
				promptVersions,
				and(eq(promptVersions.promptId, prompts.id), eq(promptVersions.version, prompts.version)),
			)
			.where(and(isInLibrary(teamId), gt(prompts.name, after)))
			.orderBy(asc(prompts.name))
			.limit(BATCH);
		for (const { name, savedAt, text } of rows) {
			yield { name: `prompts/${name}.md`, lastModified: savedAt, input: text };
			after = name;
		}
		if (rows.length < BATCH) return;
	}
}
