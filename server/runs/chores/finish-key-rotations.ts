import type { Sql } from "@/db/client";
import { listUnfinished, resealTeam } from "@/server/credentials/rotation/rotate-keys";
import { getMasterSecrets } from "@/server/derive-key";

/** Seals anew what steps under way have still sealed under a key that was replaced, and then forgets that key. */
export async function finishKeyRotations(sql: Sql): Promise<void> {
	for (const slug of await listUnfinished(sql)) await resealTeam(sql, getMasterSecrets(), { slug, told: () => {} });
}
