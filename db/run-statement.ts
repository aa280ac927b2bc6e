import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { SqlLike } from "./client";

const dialect = new PgDialect();

/**
 * Runs a statement that is written with drizzle's `sql` by postgres.js, whose rows have dates and numbers as such. Its
 * parameters are text or null: cast what is something else, `::text::boolean`.
 */
export async function runStatement<Row extends object>(tx: SqlLike, statement: SQL): Promise<Row[]> {
	const { sql, params } = dialect.sqlToQuery(statement);
	const values = params.map((value) => (value === null ? null : String(value)));
	return await tx.unsafe<Row[]>(sql, values, { prepare: true });
}
