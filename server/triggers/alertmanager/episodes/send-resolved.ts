import type { TransactionSql } from "postgres";
import { newId } from "@/db/new-id";
import { sendEventIn } from "@/server/events/send-event";
import type { Actor } from "@/server/runs/events";
import type { AlertReport } from "../payload/alert-notice";
import type { AlertTrigger } from "./alert-runs";

/** What a run may wait for by the step "Await an event". */
export const RESOLVED_EVENT = "alert.resolved";
/** Alerts that the event names; more are counted. */
const MAX_ALERTS = 200;

interface Resolved {
	runId: string;
	actor: Actor;
	/** Those that have just been resolved. */
	alerts: readonly AlertReport[];
	/** None that the run was started for fires any more. */
	isWhole: boolean;
}

/** Sends the event that alerts of a run are resolved. Returns the run's number; undefined if it has ended. */
export async function sendResolved(
	tx: TransactionSql,
	{ teamId }: Pick<AlertTrigger, "teamId">,
	{ runId, actor, alerts, isWhole }: Resolved,
): Promise<number | undefined> {
	const [run] = await tx<{ number: number; depth: number }[]>`
		select number, depth from runs where id = ${runId} and ended_at is null`;
	if (!run) return undefined;
	const named = alerts
		.slice(0, MAX_ALERTS)
		.map(({ fingerprint, startsAt, endsAt }) => ({ fingerprint, startsAt, endsAt }));
	await sendEventIn(tx, {
		teamId,
		name: RESOLVED_EVENT,
		data: { isWhole, count: alerts.length, alerts: named },
		key: `${RESOLVED_EVENT} ${newId()}`,
		...{ source: { runId, nodeId: null }, actor, depth: run.depth + 1 },
	});
	return run.number;
}
