import type { SqlLike } from "./client";
import journal from "./migrations/meta/_journal.json";

/** How the database's migrations differ from those of this version. */
export interface MigrationState {
	/** Migrations that this version still has to apply. */
	missing: number;
	/** Migrations of a newer version that are not additive: this version cannot use the database. */
	foreign: number;
}

export async function readMigrationState(sql: SqlLike): Promise<MigrationState> {
	const recorded = await readRecorded(sql);
	const known = new Set(journal.entries.map((entry) => entry.when));
	const applied = new Set(recorded.map(({ when }) => when));
	return {
		missing: [...known].filter((when) => !applied.has(when)).length,
		foreign: recorded.filter(({ when, isAdditive }) => !known.has(when) && !isAdditive).length,
	};
}

/** The migrations that made this database, as the journal numbers them. */
export async function readAppliedMigrations(sql: SqlLike): Promise<number[]> {
	return (await readRecorded(sql)).map(({ when }) => when);
}

interface Recorded {
	when: number;
	isAdditive: boolean;
}

/** Earlier versions did not record whether a migration is additive. */
async function readRecorded(sql: SqlLike): Promise<Recorded[]> {
	const [table] = await sql<{ found: boolean }[]>`
		select to_regclass('drizzle.__drizzle_migrations') is not null as found`;
	if (!table?.found) return [];
	return await sql<Recorded[]>`
		select created_at::float8 as when, coalesce((to_jsonb(m)->>'is_additive')::boolean, false) as "isAdditive"
		from drizzle.__drizzle_migrations m order by created_at`;
}

/** Records for each applied migration of ours whether it is additive. Call it under the migration lock. */
export async function recordAdditive(sql: SqlLike, read: (tag: string) => Promise<string>): Promise<void> {
	await sql`alter table drizzle.__drizzle_migrations add column if not exists is_additive boolean`;
	for (const { when, tag } of journal.entries) {
		const isAdditiveNow = isAdditive(await read(tag));
		await sql`
			update drizzle.__drizzle_migrations set is_additive = ${isAdditiveNow}
			where created_at = ${when} and is_additive is distinct from ${isAdditiveNow}`;
	}
}

/** Marks a migration as additive whose statements do not show it. */
const ADDITIVE_MARKER = "-- Earlier versions can live with this.";
const ADDS = /^(create (unlogged )?table|create index|drop index|create schema|create type|update)\b/i;

/** Whether a migration only adds tables, columns or indexes, so that earlier versions still work. */
export function isAdditive(migration: string): boolean {
	if (migration.startsWith(ADDITIVE_MARKER)) return true;
	const statements = migration.split("--> statement-breakpoint").map((statement) => statement.trim());
	const made = statements.flatMap((statement) => /^create (?:unlogged )?table (\S+)/i.exec(statement)?.[1] ?? []);
	return statements.filter(Boolean).every((statement) => {
		const changed = /^(?:alter table|create unique index \S+ on) (\S+) (.*)$/is.exec(statement);
		if (changed === null) return ADDS.test(statement);
		const [, table = "", change = ""] = changed;
		return made.includes(table) || addsOptionalColumn(change);
	});
}

function addsOptionalColumn(change: string): boolean {
	return /^add column\b/i.test(change) && (!/\bnot null\b/i.test(change) || /\bdefault\b/i.test(change));
}
