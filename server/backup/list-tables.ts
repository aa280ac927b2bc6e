import type { SqlLike } from "@/db/client";
import { type BackupTable, fileOf, type Manifest } from "./backup-manifest";

/** What is true of this moment only: who is alive, and who has tried to sign in. */
const EPHEMERAL_TABLES = ["public.workers", "public.rate_limits"];

/** Weft's tables with their stored columns, those that others refer to first. Unlogged ones are left out. */
export async function listTables(sql: SqlLike): Promise<BackupTable[]> {
	const tables = await sql<(Omit<BackupTable, "file"> & { needs: string[] })[]>`
		select n.nspname as schema, c.relname as name,
			(select array_agg(a.attname::text order by a.attnum) from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
			(select coalesce(array_agg(fn.nspname || '.' || f.relname), '{}')
				from pg_constraint k join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
				where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('public', 'engine') and c.relkind = 'r' and c.relpersistence = 'p'
		order by 1, 2`;
	const kept = tables.filter((table) => !EPHEMERAL_TABLES.includes(fullName(table)));
	const ordered: typeof kept = [];
	const waiting = new Set(kept);
	while (waiting.size > 0) {
		const names = new Set([...waiting].map(fullName));
		const next = [...waiting].filter(({ needs }) => !needs.some((need) => names.has(need)));
		if (next.length === 0) throw new Error(`Foreign keys form a circle: ${[...names].join(", ")}.`);
		for (const table of next) waiting.delete(table);
		ordered.push(...next);
	}
	return ordered.map(({ needs: _, ...table }) => ({ ...table, file: fileOf(table) }));
}

export async function listSequences(sql: SqlLike): Promise<Manifest["sequences"]> {
	return await sql<Manifest["sequences"]>`
		select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
		where schemaname in ('public', 'engine') and last_value is not null`;
}

function fullName({ schema, name }: { schema: string; name: string }): string {
	return `${schema}.${name}`;
}
