import { sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { WeftError } from "@/server/errors";

/** How many slugs a team or workflow keeps beside its own. */
const MAX_FORMER = 20;

interface Named {
	slug: string;
	formerSlugs: string[];
}

/** Whether it may have yet another slug. */
export function canChangeSlug({ formerSlugs }: Named): boolean {
	return formerSlugs.length < MAX_FORMER;
}

/**
 * The slugs that lead to it from now on beside its own. None is given up for another, since somebody else could take it then:
 * throws `conflict` when it would be one too many.
 */
export function keepFormerSlugs(before: Named, slug: string): string[] {
	if (slug === before.slug) return before.formerSlugs;
	if (!before.formerSlugs.includes(slug) && !canChangeSlug(before)) {
		const enough = `This has had ${MAX_FORMER} other addresses, which all still lead to it.`;
		throw new WeftError("conflict", `${enough} Go back to one of them, or change only the name.`);
	}
	return [...before.formerSlugs, before.slug].filter((former) => former !== slug);
}

/**
 * Of those who want the same slug at once, the second goes on when the first is done. `of` is what it is unique in. Take it
 * before you look whether the slug is free.
 */
export async function lockSlug(tx: DbTransaction, of: string, slug: string): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${of}/${slug}`}, 0))`);
}
