import { eq, or, sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { lockSlug } from "./former-slugs";

/** First parts of addresses that are pages of Weft itself. */
const RESERVED = new Set([
	"account",
	"admin",
	"api",
	"decide",
	"health",
	"inbox",
	"join",
	"new",
	"readme",
	"settings",
	"share",
	"sign-in",
	"sign-out",
	"sign-up",
	"static",
	"templates",
]);

export function isReservedAddress(slug: string): boolean {
	return RESERVED.has(slug);
}

/** Whether an address leads to a team, by now or by links from before it was renamed. */
export function leadsTo(team: { slug: string; formerSlugs: readonly string[] }, slug: string | undefined): boolean {
	return slug !== undefined && (team.slug === slug || team.formerSlugs.includes(slug));
}

/** For a query: the team at an address, or the one that had it before and keeps it. */
export function hasAddress(slug: string) {
	return or(eq(teams.slug, slug), sql`${teams.formerSlugs} @> array[${slug}]`);
}

/** Every address that a team has or had, as `slug`. */
export const TEAM_ADDRESSES = sql`
	select ${teams.slug} from ${teams} union all select unnest(${teams.formerSlugs}) as slug from ${teams}`;

/** Whether an address is free for a team to take; then nobody else gets it before the transaction ends. */
export async function claimAddress(tx: DbTransaction, slug: string): Promise<boolean> {
	if (isReservedAddress(slug)) return false;
	await lockSlug(tx, "teams", slug);
	return (await tx.$count(teams, hasAddress(slug))) === 0;
}
