import type { Sql } from "@/db/client";

/**
 * Removes the templates that were taken back and whose workflow is deleted, with all their versions: nobody finds them, and
 * nothing can publish them again. Workflows that were made from them keep the plan that they began with.
 */
export async function forgetTemplates(sql: Sql): Promise<void> {
	await sql`delete from templates where unpublished_at is not null and workflow_id is null`;
}
