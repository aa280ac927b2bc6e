import { type SQL, sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";

interface WantedSlug {
	slug: string;
	/** Selects, as `slug`, those that something has or had, beside others if that is simpler. */
	taken: SQL;
}

/**
 * Takes `slug`, or the first free one of `slug-2`, `slug-3`, … `take` inserts and returns null when the slug is taken, so that
 * two people who choose the same name at once both succeed.
 */
export async function takeFreeSlug<T>(
	tx: DbTransaction,
	wanted: WantedSlug,
	take: (slug: string) => Promise<T | null>,
): Promise<T> {
	const first = await take(wanted.slug);
	if (first !== null) return first;
	for (let number = 2; ; number += 1) {
		number = await findFreeNumber(tx, wanted, number);
		const taken = await take(`${wanted.slug}-${number}`);
		if (taken !== null) return taken;
	}
}

/** The lowest free number, in one statement however many are taken. @param from none below it */
async function findFreeNumber(tx: DbTransaction, { slug, taken }: WantedSlug, from: number): Promise<number> {
	const [found] = await tx.execute<{ number: number }>(sql`
		with alike as (select t.slug from (${taken}) t where starts_with(t.slug, ${`${slug}-`}))
		select n as number from generate_series(${from}::int, ${from}::int + (select count(*) from alike)::int) n
		where not exists (select from alike where alike.slug = ${`${slug}-`} || n) order by n limit 1`);
	return found?.number ?? from;
}
