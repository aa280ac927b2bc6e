import type { Database } from "@/db/client";
import type { JsonObject } from "@/server/plan/values/json";
import { recordDecision } from "@/server/runs/verbs/decide-approval";
import type { SlackApproval } from "./slack-approval";
import { requireDecider, type SlackPerson } from "./slack-person";

/** Decides an approval as somebody in Slack. Throws as `recordDecision` does, and `forbidden` for those whom it does not ask. */
export async function decideInSlack(
	database: Database,
	approval: SlackApproval,
	{ person, decision, values }: { person: SlackPerson; decision: "approved" | "declined"; values: JsonObject },
): Promise<void> {
	const { teamId, runId, nodeId, iteration } = approval;
	const actor = { kind: "slack" as const, id: person.id, name: `${person.name} (Slack)` };
	await recordDecision(database, {
		...{ teamId, actor, step: { runId, nodeId, iteration }, decision, values },
		authorize: (tx, question) => requireDecider(tx, { approval, question }, person),
	});
}
