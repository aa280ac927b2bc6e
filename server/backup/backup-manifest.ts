import { z } from "zod";

/** The file that describes a backup, first in the archive. */
export const MANIFEST = "manifest.json";

/**
 * What a backup holds: one file of PostgreSQL's COPY text per table, in an order in which foreign keys hold; the master
 * secret, unless it comes from the environment; the workspaces of runs.
 */
export const manifestSchema = z.object({
	format: z.literal(1),
	takenAt: z.iso.datetime(),
	/** The migrations that made these tables, as the journal numbers them. */
	migrations: z.array(z.number()),
	tables: z.array(z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), file: z.string() })),
	sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string() })),
	hasSecret: z.boolean(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type BackupTable = Manifest["tables"][number];

export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** `"public"."runs" ("id", "number")`, as COPY reads it. */
export function copyTarget({ schema, name, columns }: BackupTable): string {
	return `${quoteName(schema)}.${quoteName(name)} (${columns.map(quoteName).join(", ")})`;
}
