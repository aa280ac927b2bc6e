import type { Database } from "@/db/client";
import type { Delivered, Starting } from "../hooks/hook-kind";
import { UnreadableBody } from "../hooks/receive/parse-event";
import { applyNotice, startAsked } from "./episodes/apply-notice";
import { readNotice } from "./payload/alert-notice";
import { alertmanagerConfigSchema } from "./settings/alertmanager-config";

/** Does what a notification of Alertmanager's asks for, and returns what became of its alerts. @throws UnreadableBody */
export async function receiveAlerts(database: Database, starting: Starting): Promise<Delivered[]> {
	const { event, isAsked = false, ...rest } = starting;
	const notice = readNotice(event.body);
	if (typeof notice === "string") throw new UnreadableBody(notice);
	const config = alertmanagerConfigSchema.parse(starting.trigger.config);
	const applied = { ...rest, config, notice };
	return isAsked ? await startAsked(database, applied) : await applyNotice(database, applied);
}
