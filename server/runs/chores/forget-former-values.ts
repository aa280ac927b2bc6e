import type { Sql } from "@/db/client";

/**
 * Forgets former values of credentials once no run lives that may have read them. Whoever replaces a value has read the
 * clock before it is replaced, so runs count that were made within a minute after.
 */
export async function forgetFormerValues(sql: Sql): Promise<void> {
	await sql`
		delete from former_credential_values f
		where f.replaced_at < now() - interval '1 minute' and not exists (
			select from runs r where r.team_id = f.team_id and r.ended_at is null
				and r.created_at < f.replaced_at + interval '1 minute'
		)`;
}
