import type { Sql } from "@/db/client";
import type { Json } from "@/server/plan/values/json";
import type { FirstVariable } from "../store/new-run";

/** The variables of a run as they are now: another one begins with them. */
export async function readVariables(sql: Sql, runId: string): Promise<FirstVariable[]> {
	const rows = await sql<{ key: string; value: Json; sealed: string | null; sealedBy: string }[]>`
		select key, value, sealed, coalesce(sealed_in, run_id) as "sealedBy" from run_variables where run_id = ${runId}`;
	return rows.map(({ key, value, sealed, sealedBy }) => ({
		...{ key, value },
		...(sealed !== null && { sealed: { text: sealed, runId: sealedBy } }),
	}));
}
