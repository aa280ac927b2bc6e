import type { Database } from "@/db/client";
import { mailApprovalLinks } from "@/server/approval-links/mail-approval-links";
import { openStorage } from "@/server/artifacts/storage/open-storage";
import { forgetPasswordLinks } from "@/server/auth/password-links";
import { forgetSessions } from "@/server/auth/sessions";
import { tellBudgets } from "@/server/budgets/tell-budgets";
import { lookUpMentions } from "@/server/comments/look-up-mentions";
import { deliverEvents } from "@/server/events/deliver-events";
import { forgetEvents } from "@/server/events/forget-events";
import { forgetNotices, sendNotices } from "@/server/failures/send-notices";
import { tendSlackApprovals } from "@/server/slack-approvals/tend-slack-approvals";
import { catchUpAlerts } from "@/server/triggers/alertmanager/catch-up-alerts";
import { forgetAlerts } from "@/server/triggers/alertmanager/forget-alerts";
import { startCollected } from "@/server/triggers/alertmanager/start-collected";
import { askForUndelivered } from "@/server/triggers/github/redeliver/ask-for-undelivered";
import { fireSchedules } from "@/server/triggers/schedule/fire-schedules";
import { tellOverdue } from "@/server/triggers/schedule/tell-missed";
import { deliverEnds } from "@/server/triggers/workflow-ended/deliver-ends";
import { endAbandonedCalls } from "../store/end-run";
import { sendOutbox } from "../store/outbox";
import { admitHeldRuns } from "./admit-held-runs";
import type { Chore } from "./chore";
import { endOverdueRuns } from "./end-overdue-runs";
import { finishKeyRotations } from "./finish-key-rotations";
import { forgetDeliveries } from "./forget-deliveries";
import { forgetFormerValues } from "./forget-former-values";
import { forgetNotifications } from "./forget-notifications";
import { forgetPlans } from "./forget-plans";
import { forgetTemplates } from "./forget-templates";
import { forgetTries } from "./forget-tries";
import { forgetWorkers } from "./forget-workers";
import { mailInvitationsThatWait, mailNotifications } from "./mail-notifications";
import { removeFiles } from "./remove-files";
import { requestLostRuns } from "./request-lost-runs";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The chores that need nothing but the database and the engine's address. */
export function listChores(database: Database): Chore[] {
	const { sql } = database;
	return [
		{ name: "fire-schedules", everyMs: SECOND, run: () => fireSchedules(database) },
		{ name: "start-collected-alerts", everyMs: SECOND, run: () => startCollected(database) },
		{ name: "deliver-events", everyMs: SECOND, run: () => deliverEvents(database) },
		{ name: "deliver-ends", everyMs: SECOND, run: () => deliverEnds(database) },
		{ name: "send-events", everyMs: SECOND, run: () => sendOutbox(sql) },
		{ name: "send-failure-notices", everyMs: SECOND, run: () => sendNotices(database) },
		{ name: "tell-budgets", everyMs: 10 * SECOND, run: () => tellBudgets(sql) },
		{ name: "look-up-mentions", everyMs: SECOND, run: () => lookUpMentions(sql) },
		{ name: "end-overdue-runs", everyMs: SECOND, run: () => endOverdueRuns(sql) },
		{ name: "end-abandoned-calls", everyMs: 5 * SECOND, run: () => endAbandonedCalls(sql) },
		{ name: "admit-held-runs", everyMs: 5 * SECOND, run: () => admitHeldRuns(sql) },
		{ name: "request-lost-runs", everyMs: 10 * SECOND, run: () => requestLostRuns(sql) },
		{ name: "mail-notifications", everyMs: 10 * SECOND, run: () => mailNotifications(sql) },
		{ name: "mail-approval-links", everyMs: 2 * SECOND, run: () => mailApprovalLinks(database) },
		{ name: "tend-slack-approvals", everyMs: 2 * SECOND, run: () => tendSlackApprovals(database) },
		{ name: "mail-invitations", everyMs: 10 * SECOND, run: () => mailInvitationsThatWait(sql) },
		{ name: "ask-for-undelivered", everyMs: 30 * SECOND, run: () => askForUndelivered(database) },
		{ name: "tell-overdue-schedules", everyMs: MINUTE, run: () => tellOverdue(database) },
		{ name: "remove-files", everyMs: 5 * MINUTE, run: () => removeFiles(sql, openStorage()) },
		{ name: "catch-up-alerts", everyMs: MINUTE, run: () => catchUpAlerts(database) },
		{ name: "forget-workers", everyMs: 10 * MINUTE, run: () => forgetWorkers(sql) },
		{ name: "forget-former-values", everyMs: 10 * MINUTE, run: () => forgetFormerValues(sql) },
		{ name: "forget-deliveries", everyMs: 60 * MINUTE, run: () => forgetDeliveries(sql) },
		{ name: "forget-alerts", everyMs: 60 * MINUTE, run: () => forgetAlerts(sql) },
		{ name: "forget-events", everyMs: 10 * MINUTE, run: () => forgetEvents(sql) },
		{ name: "forget-failure-notices", everyMs: 60 * MINUTE, run: () => forgetNotices(sql) },
		{ name: "forget-notifications", everyMs: 10 * MINUTE, run: () => forgetNotifications(sql) },
		{ name: "finish-key-rotations", everyMs: 10 * MINUTE, run: () => finishKeyRotations(sql) },
		{ name: "forget-tries", everyMs: 10 * MINUTE, run: () => forgetTries(sql) },
		{ name: "forget-password-links", everyMs: 60 * MINUTE, run: () => forgetPasswordLinks(sql) },
		{ name: "forget-sessions", everyMs: 60 * MINUTE, run: () => forgetSessions(sql) },
		{ name: "forget-plans", everyMs: 60 * MINUTE, run: () => forgetPlans(sql) },
		{ name: "forget-templates", everyMs: 60 * MINUTE, run: () => forgetTemplates(sql) },
	];
}
