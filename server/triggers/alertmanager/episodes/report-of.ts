import type { Fragment } from "postgres";
import type { SqlLike } from "@/db/client";

/** Where an output holds a text for people; else all of it is the report. */
const FIELDS = ["report", "text", "summary", "answer"] as const;

/** SQL for the report that the run `r` leaves behind, `most` characters of it at most. */
export function reportOf(sql: SqlLike, most: number): Fragment {
	const fields = sql.unsafe(FIELDS.map((name) => `r.output->>'${name}'`).join(", "));
	return sql`left(coalesce(${fields}, r.output#>>'{}'), ${most}::int)`;
}
