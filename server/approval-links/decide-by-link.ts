import type { Database } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { JsonObject } from "@/server/plan/values/json";
import { recordDecision } from "@/server/runs/verbs/decide-approval";
import { findApprovalLink, mayDecideByLink } from "./find-approval-link";

/**
 * Decides an approval by the link that was mailed to an address. The link is used up with it, in the same transaction. Throws
 * `not_found` for a link that there is not, `conflict` for a decision that was made, `invalid` for answers that do not fit.
 */
export async function decideByLink(
	database: Database,
	token: string,
	{ decision, values }: { decision: "approved" | "declined"; values: JsonObject },
): Promise<void> {
	const link = await findApprovalLink(database.sql, token);
	if (link === undefined) throw new WeftError("not_found", "This link leads nowhere. Look for the mail once more.");
	const { teamId, runId, nodeId, iteration, address } = link;
	const actor = { kind: "mail-link" as const, name: `the link mailed to ${address}`, address };
	await recordDecision(database, {
		...{ teamId, actor, step: { runId, nodeId, iteration }, decision, values },
		async authorize(tx) {
			const now = await findApprovalLink(tx, token);
			if (now === undefined || !mayDecideByLink(now))
				throw new WeftError(
					"forbidden",
					"The member with this address may not decide it any more. Ask an admin of the team.",
				);
			await tx`update approval_links set used_at = now(), mail_at = null where id = ${link.id}`;
		},
	});
}
