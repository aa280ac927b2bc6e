import type { TransactionSql } from "postgres";
import { currentAddress } from "@/server/http/request-address";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "../events";
import type { StepRef } from "../step-ref";
import { answeredSteps, callersAnswered } from "./called-runs";
import { toJsonText } from "./json-text";
import { logged, rowsOf } from "./log-events";

/**
 * Cancels held runs in one statement, however many they are: none has started, and the engine does not know them. Returns
 * the cancelled ones, and the steps of other runs that waited for them; a run that was admitted or ended meanwhile is skipped.
 */
export async function cancelHeldRuns(
	tx: TransactionSql,
	ids: readonly string[],
	{ actor, reason }: { actor: Actor; reason: string },
): Promise<{ ids: string[]; callers: StepRef[] }> {
	if (ids.length === 0) return { ids: [], callers: [] };
	const events = rowsOf(tx, [{ type: "run.cancelled", data: { actor, reason } }]);
	const detail: JsonObject = { reason };
	const [row] = await tx<{ ids: string[]; callers: StepRef[] }[]>`
		with run as (
			update runs set status = 'cancelled', ended_at = now(), held = false, last_seq = last_seq + 1
			where id = any(${[...ids]}::text[]) and held and ended_at is null
			returning id, team_id, last_seq - 1 as last_seq
		), events as ${events}, ${logged(tx)}, audited as (
			insert into audit_log (team_id, actor, action, target_type, target_id, address, detail)
			select team_id, ${toJsonText(actor)}::text::jsonb, 'run.cancelled', 'run', id, ${currentAddress()},
				${toJsonText(detail)}::text::jsonb
			from run
		), ${callersAnswered(tx, tx`(select id from run)`)}
		select array(select id from run) as ids, ${answeredSteps(tx)} as callers`;
	return row ?? { ids: [], callers: [] };
}
