import type { SqlLike } from "@/db/client";
import type { KindData } from "@/server/notifications/catalog";
import { notifyIn } from "@/server/notifications/notify";
import { isAtLeast, isRole, ROLE_LADDER } from "@/server/teams/permissions";

interface Telling {
	teamId: string;
	/** A role, with those above it, or the id of a member. */
	to: string;
	runId?: string;
	/** Telling of it twice under the same key tells once. */
	key: string;
	data: KindData<"workflow-failing">;
}

/** Tells members by their inbox, but for those who know already that this run has failed. Returns whose inboxes have changed. */
export async function tellMembers(tx: SqlLike, { teamId, to, runId, key, data }: Telling): Promise<string[]> {
	const roles = ROLE_LADDER.filter((role) => isRole(to) && isAtLeast(role, to));
	const members = await tx<{ id: string }[]>`
		select m.user_id as id from memberships m
		where m.team_id = ${teamId} and (m.role = any(${roles}::text[]) or m.user_id = ${to})
			and not (${data.change === "failed"} and exists (
				select from notifications n where n.user_id = m.user_id and n.kind = 'run-failed' and n.run_id = ${runId ?? null}))`;
	return await notifyIn(tx, {
		...{ kind: "workflow-failing", teamId, key, data, recipients: members.map(({ id }) => id) },
		...(runId !== undefined && { runId }),
	});
}
