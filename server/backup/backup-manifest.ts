import { z } from "zod";

/** The file that describes a backup, first in the archive. */
export const MANIFEST = "manifest.json";

/** The schemas that Weft's tables are in. */
export const BACKED_UP_SCHEMAS = ["public", "engine"] as const;

const schemaName = z.enum(BACKED_UP_SCHEMAS);

/**
 * What a backup holds: one file of PostgreSQL's COPY text per table, in an order in which foreign keys hold; the master
 * secret, unless it comes from the environment; the workspaces of runs.
 */
export const manifestSchema = z.object({
	format: z.literal(1),
	takenAt: z.iso.datetime(),
	/** The migrations that made these tables, as the journal numbers them. */
	migrations: z.array(z.number()),
	tables: z.array(
		z
			.object({ schema: schemaName, name: z.string(), columns: z.array(z.string()), file: z.string() })
			.refine((table) => /^\w+$/.test(table.name) && table.file === fileOf(table)),
	),
	sequences: z.array(z.object({ schema: schemaName, name: z.string(), last: z.string().regex(/^\d{1,19}$/) })),
	hasSecret: z.boolean(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type BackupTable = Manifest["tables"][number];

/** Where the rows of a table stand in the archive. */
export function fileOf({ schema, name }: { schema: string; name: string }): string {
	return `database/${schema}.${name}.copy`;
}

export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** `"public"."runs" ("id", "number")`, as COPY reads it. */
export function copyTarget({ schema, name, columns }: BackupTable): string {
	return `${quoteName(schema)}.${quoteName(name)} (${columns.map(quoteName).join(", ")})`;
}
