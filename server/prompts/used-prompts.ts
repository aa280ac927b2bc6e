import { eq, inArray } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import { runs } from "@/db/schema/runs";

export interface UsedPrompt {
	/** As it is called now. */
	name: string;
	version: number;
	isRemoved: boolean;
}

/** The versions of the library's prompts that the steps of a run use, by the step's id. */
export async function readUsedPrompts(db: DbLike, runId: string): Promise<Record<string, UsedPrompt>> {
	const [run] = await db.select({ pinned: runs.prompts }).from(runs).where(eq(runs.id, runId));
	const pinned = Object.entries(run?.pinned ?? {});
	if (pinned.length === 0) return {};
	const { id, name, removedAt } = prompts;
	const ids = pinned.map(([, { promptId }]) => promptId);
	const rows = await db.select({ id, name, removedAt }).from(prompts).where(inArray(id, ids));
	return Object.fromEntries(
		pinned.flatMap(([nodeId, { promptId, version }]) => {
			const row = rows.find((each) => each.id === promptId);
			return row ? [[nodeId, { name: row.name, version, isRemoved: row.removedAt !== null }] as const] : [];
		}),
	);
}
