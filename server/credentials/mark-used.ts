import { inArray, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";

/** How exactly it is known when a credential was last used. */
const PRECISION_MS = 60_000;

/** Notes that steps read these credentials now. */
export async function markUsed(db: DbLike, rows: readonly { id: string; lastUsedAt: Date | null }[]): Promise<void> {
	const before = Date.now() - PRECISION_MS;
	const stale = rows.filter(({ lastUsedAt }) => lastUsedAt === null || lastUsedAt.getTime() < before);
	if (stale.length === 0) return;
	await db
		.update(credentials)
		.set({ lastUsedAt: sql`now()` })
		.where(
			inArray(
				credentials.id,
				stale.map(({ id }) => id),
			),
		);
}
