import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

/** A place in the inbox: microseconds since the epoch, and the id of the notification there. */
export const cursorSchema = z.string().regex(/^[0-9]{1,16}_[0-9a-z-]{1,64}$/);

/** Whether a notification `n` is older than a place in the list. */
export function isBefore(cursor: string): SQL {
	return sql`(n.at, n.id) < (${instantOf(cursor)}, ${cursor.split("_")[1] ?? ""}::text)`;
}

/** Whether it had come when that place was seen at the top of the list. */
export function isSeenAt(cursor: string): SQL {
	return sql`n.at <= ${instantOf(cursor)}`;
}

function instantOf(cursor: string): SQL {
	return sql`(timestamptz 'epoch' + ${cursor.split("_")[0] ?? "0"}::text::bigint * interval '1 microsecond')`;
}
