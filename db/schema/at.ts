import { timestamp } from "drizzle-orm/pg-core";

/** A column for a moment: with its time zone in the database, a `Date` here. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
