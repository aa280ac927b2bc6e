import type { DbLike, SqlLike } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import { currentAddress } from "@/server/http/request-address";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "@/server/runs/events";
import { toJsonText } from "@/server/runs/store/json-text";
import type { AuditAction } from "./audit-action";

export interface AuditEntry {
	teamId: string;
	actor: Actor;
	action: AuditAction;
	target: { type: string; id: string };
	/** What a reader of the log needs to know; never a secret. */
	detail?: JsonObject;
	/** What the change replaced, and by what; never a secret. */
	change?: { before: JsonObject | null; after: JsonObject | null };
}

/** The last line of every verb's transaction, so that a change and its entry are kept or lost together. */
export async function writeAudit(db: DbLike, entry: AuditEntry): Promise<void> {
	await db.insert(auditLog).values({
		teamId: entry.teamId,
		actor: entry.actor,
		action: entry.action,
		targetType: entry.target.type,
		targetId: entry.target.id,
		detail: entry.detail ?? {},
		...entry.change,
		address: currentAddress(),
	});
}

/** The same in a transaction of the pool that runs are written with. */
export async function writeAuditIn(tx: SqlLike, entry: AuditEntry): Promise<void> {
	await tx`
		insert into audit_log (team_id, actor, action, target_type, target_id, detail, before, after, address)
		values (${entry.teamId}, ${toJsonText(entry.actor)}::text::jsonb, ${entry.action}, ${entry.target.type},
			${entry.target.id}, ${toJsonText(entry.detail ?? {})}::text::jsonb, ${toJsonTextOrNull(entry.change?.before)}::text::jsonb,
			${toJsonTextOrNull(entry.change?.after)}::text::jsonb, ${currentAddress()})`;
}

function toJsonTextOrNull(value: JsonObject | null | undefined): string | null {
	return value ? toJsonText(value) : null;
}
