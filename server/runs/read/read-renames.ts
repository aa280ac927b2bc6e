import type { Sql } from "@/db/client";
import { followRenames, type Renames } from "@/server/plan/edits/follow-renames";
import type { NodeId } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

/** Which steps of the draft had another id when the workflow ran last. */
interface RenamedSince {
	renames: Renames;
	/** What ran until then is known by the old ids. */
	until: Date;
	/** The ids of the draft. */
	current: readonly NodeId[];
}

const NOTHING: RenamedSince = { renames: new Map(), until: new Date(0), current: [] };

/** Reads the renames since the last run or test; since the last try where nothing else ran. */
export async function readRenames(sql: Sql, workflowId: string): Promise<RenamedSince> {
	const [row] = await sql<{ draft: unknown; plan: unknown; createdAt: Date }[]>`
		select w.draft, p.plan, r.created_at as "createdAt"
		from runs r join plans p on p.team_id = r.team_id and p.hash = r.plan_hash join workflows w on w.id = r.workflow_id
		where r.workflow_id = ${workflowId} order by r.kind = 'try', r.created_at desc limit 1`;
	const { plan: before } = readStoredPlan(row?.plan);
	const { plan: draft } = readStoredPlan(row?.draft);
	if (!row || !before || !draft) return NOTHING;
	const current = draft.nodes.map(({ id }) => id);
	return { renames: followRenames(before, draft), until: row.createdAt, current };
}
