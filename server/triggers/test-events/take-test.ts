import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { toJsonText } from "@/server/runs/store/json-text";
import { announceWorkflow } from "@/server/workflows/announce-workflow";
import type { WaitingTest } from "../hooks/hook-kind";
import { describeRequest, MAX_KEPT_BODY } from "../hooks/receive/describe-request";
import { referToFiles } from "../hooks/receive/request-files";
import { isWithinMinute } from "../hooks/receive/use-limit";
import type { HookEvent } from "../hooks/settings/hook-event";

interface Come {
	event: HookEvent;
	/** Who has sent it: a client's address, or a run. */
	from: string;
	/** Bytes of its body. */
	size: number;
}

export type Taken = "pinned" | "left out" | "too many";

const TOO_LONG = `It is longer than ${MAX_KEPT_BODY / 1_000} kB, too long to be pinned. Send a shorter one.`;

/**
 * Pins what has come to the trigger of a draft, and ends its wait: the first that would start a run. What would not is left
 * out with the reason, and the wait goes on.
 */
export async function takeTest(database: Database, test: WaitingTest, { event, from, size }: Come): Promise<Taken> {
	if (!(await isWithinMinute("tests", test.id))) return "too many";
	const decision = test.kind.decide(test.config, test.form, referToFiles(event).event);
	const request = describeRequest(event, { from, size });
	if (decision.verdict !== "accepted") return await leaveOut(database, test, decision.reason);
	if (request.isLeftOut === true) return await leaveOut(database, test, TOO_LONG);
	const pinned = await database.sql`
		update test_events set request = ${toJsonText(request)}::text::json, event_id = ${newId()}, received_at = now(),
			until = null, problem = null
		where workflow_id = ${test.workflowId} and key = ${test.key} and wait_id = ${test.waitId} and until > now()`;
	if (pinned.count === 0) return "left out";
	await announceWorkflow(database.db, test.workflowId);
	return "pinned";
}

async function leaveOut(database: Database, test: WaitingTest, reason: string): Promise<Taken> {
	await noteProblem(database, test, reason);
	return "left out";
}

/** Tells those who wait why what has come is not it. */
export async function noteProblem(database: Database, test: WaitingTest, reason: string): Promise<void> {
	if (!(await isWithinMinute("refusals", test.id))) return;
	await database.sql`
		update test_events set problem = ${reason}
		where workflow_id = ${test.workflowId} and key = ${test.key} and wait_id = ${test.waitId} and until > now()`;
	await announceWorkflow(database.db, test.workflowId);
}
