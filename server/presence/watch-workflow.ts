import type { z } from "zod";
import { WeftError } from "@/server/errors";
import type { WatchOptions } from "@/server/runs/watch/connect-watcher";
import { watchChanges } from "@/server/runs/watch/watch-changes";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { WORKFLOWS_CHANNEL } from "@/server/workflows/announce-workflow";
import { findWorkflowId } from "@/server/workflows/workflow-ref";
import { assignColors } from "./assign-colors";
import { leaveWorkflow, leaveWorkflowInput, VISIT_SECONDS } from "./visit-workflow";

/** How late at most the absence of a visitor who did not sign off is noticed. */
const POLL_MS = 5_000;

export const watchWorkflowInput = leaveWorkflowInput;

/** Somebody who has the workflow open in a tab. */
export interface Visitor {
	userId: string;
	tab: string;
	name: string;
	image: string | null;
	/** From 0 to `VISITOR_COLORS` - 1; the same in all tabs of a person. */
	color: number;
	/** The ids of the nodes that are selected there. */
	selected: string[];
}

/** The state of an open workflow that other people change. */
export interface WorkflowUpdate {
	/** All tabs but the watcher's own, in the order of their arrival. */
	visitors: Visitor[];
	revision: number;
	savedBy: { id: string; name: string } | null;
	/** The published version. */
	version: number | null;
	name: string;
}

/**
 * Yields who has the workflow open, and which revision and version it is at: at once, then whenever something of it
 * changes. Whoever stops watching has left. Throws `unauthenticated` when the watcher's session has ended, `not_found`
 * once they are no member (any more), `unavailable` when the server shuts down.
 */
export async function* watchWorkflow(
	caller: Caller,
	input: z.infer<typeof watchWorkflowInput>,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<WorkflowUpdate, void> {
	const workflowId = await requireWorkflow(caller, input);
	const read = () => readUpdate(caller, workflowId, input.tab);
	yield* watchChanges(
		caller,
		{ team: input.team, channel: WORKFLOWS_CHANNEL, ids: [workflowId], read },
		{ signal, pollMs },
	);
	// A tab that is closed has no time to say goodbye.
	await leaveWorkflow(caller, input);
}

async function requireWorkflow({ database: { db }, actor }: Caller, input: z.infer<typeof watchWorkflowInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	return await findWorkflowId(db, team.id, input.slug);
}

type UpdateRow = Omit<WorkflowUpdate, "visitors"> & {
	visitors: Omit<Visitor, "color">[];
	isMember: boolean;
};

/** Undefined for a watcher who is no member any more: their stream is about to be ended. */
async function readUpdate(
	{ database: { sql }, actor }: Caller,
	workflowId: string,
	ownTab: string,
): Promise<WorkflowUpdate | undefined> {
	const ownId = actor.kind === "user" ? actor.id : "";
	const [row] = await sql<UpdateRow[]>`
		select w.revision, w.current_version as version, w.name, own.user_id is not null as "isMember",
			(select jsonb_build_object('id', u.id, 'name', coalesce(u.name, u.email)) from users u where u.id = w.saved_by)
				as "savedBy",
			(
				select coalesce(jsonb_agg(jsonb_build_object('userId', u.id, 'tab', v.tab, 'name', coalesce(u.name, u.email),
					'image', u.image, 'selected', v.selected) order by v.joined_at, v.tab), '[]'::jsonb)
				from workflow_visitors v
					join users u on u.id = v.user_id
					join memberships m on m.user_id = u.id and m.team_id = w.team_id
				where v.workflow_id = w.id and v.seen_at > now() - make_interval(secs => ${VISIT_SECONDS})
			) as visitors
		from workflows w left join memberships own on own.team_id = w.team_id and own.user_id = ${ownId}
		where w.id = ${workflowId}`;
	if (!row) throw new WeftError("not_found", "This workflow was removed.");
	const { isMember, ...update } = row;
	if (!isMember) return undefined;
	const colors = assignColors(update.visitors.map(({ userId }) => userId));
	const visitors = update.visitors.map((visitor) => ({ ...visitor, color: colors.get(visitor.userId) ?? 0 }));
	return { ...update, visitors: visitors.filter(({ userId, tab }) => userId !== ownId || tab !== ownTab) };
}
