import { notifySoon } from "@/db/notify";
import { queueApprovalLinks } from "@/server/approval-links/queue-approval-links";
import type { ApprovalRequest } from "@/server/nodes/wait";
import { announceInboxes } from "@/server/notifications/notify";
import { notifyApprovers } from "@/server/notifications/notify-approvers";
import type { NewRunEvent } from "@/server/runs/events";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { recordStepIn, type StepRecord } from "@/server/runs/store/record-step";
import { queueSlackApproval } from "@/server/slack-approvals/queue-slack-approval";
import type { StepServices } from "../step-services";
import { redactRecord } from "./record-redacted";

/** Records that a step asks for a decision, and tells those who may make it, in one transaction. */
export async function recordQuestion(
	services: StepServices,
	whole: StepRecord,
	{ mail, slack }: Pick<ApprovalRequest, "mail" | "slack">,
): Promise<boolean> {
	const record = await redactRecord(services, whole);
	const told = await services.sql.begin(async (tx) => {
		if (!(await recordStepIn(tx, record))) return undefined;
		if (mail) await queueApprovalLinks(tx, record, mail);
		if (slack) await queueSlackApproval(tx, record, slack);
		const question = record.events.flatMap(questionIn)[0];
		return question ? await notifyApprovers(tx, record, question) : [];
	});
	if (told === undefined) return false;
	notifySoon(services.sql, RUN_EVENTS_CHANNEL, record.runId);
	announceInboxes(services.sql, told);
	return true;
}

function questionIn({ type, data }: NewRunEvent) {
	return type === "step.waiting" && data.for === "approval" ? [data] : [];
}
