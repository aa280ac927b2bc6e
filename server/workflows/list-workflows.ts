import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { users } from "@/db/schema/teams";
import { workflows } from "@/db/schema/workflows";
import { groupBy } from "@/server/plan/values/group-by";
import { shownStatus } from "@/server/runs/shown-status";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { medianOf } from "./median-of";
import { summarizeDrafts } from "./summarize-drafts";
import { teamInput } from "./workflow-ref";

const LAST_RUNS = 20;

export const listWorkflowsInput = teamInput.extend({ archived: z.boolean().default(false) });

/** A team's workflows, the one edited last first, each with how its last runs went. */
export async function listWorkflows({ database: { db }, actor }: Caller, input: z.infer<typeof listWorkflowsInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const rows = await readWorkflows(db, team.id, input.archived);
	const [lastRuns, drafts] = await Promise.all([
		readLastRuns(db, team.id, input.archived),
		summarizeDrafts(db, { teamId: team.id, actor }, rows),
	]);
	return rows.map(({ revision, editorName, ...workflow }) => ({
		...workflow,
		/** Null for what came with Weft, and where that person is gone. */
		editedBy: editorName === null ? null : { name: editorName },
		triggers: drafts.get(workflow.id)?.triggers ?? [],
		draftProblems: drafts.get(workflow.id)?.errors ?? 0,
		unreadable: drafts.get(workflow.id)?.unreadable ?? null,
		...summarizeRuns(lastRuns.get(workflow.id) ?? []),
	}));
}

function isListed(teamId: string, archived: boolean) {
	return and(eq(workflows.teamId, teamId), archived ? isNotNull(workflows.archivedAt) : isNull(workflows.archivedAt));
}

function readWorkflows(db: DbLike, teamId: string, archived: boolean) {
	return db
		.select({
			id: workflows.id,
			slug: workflows.slug,
			name: workflows.name,
			description: workflows.description,
			version: workflows.currentVersion,
			revision: workflows.revision,
			editorName: sql<string | null>`coalesce(${users.name}, ${users.email})`,
			editedAt: workflows.savedAt,
		})
		.from(workflows)
		.leftJoin(users, eq(users.id, workflows.savedBy))
		.where(isListed(teamId, archived))
		.orderBy(desc(workflows.savedAt), asc(sql`lower(${workflows.name})`), asc(workflows.slug));
}

type LastRun = Awaited<ReturnType<typeof selectLastRuns>>[number];

/** The last runs of every workflow and the tests of its draft in one query, oldest first. */
async function readLastRuns(db: DbLike, teamId: string, archived: boolean): Promise<Map<string, LastRun[]>> {
	return groupBy(await selectLastRuns(db, teamId, archived), (run) => run.workflowId);
}

function selectLastRuns(db: DbLike, teamId: string, archived: boolean) {
	const last = db
		.select({
			number: runs.number,
			kind: runs.kind,
			status: shownStatus.as("shown_status"),
			at: runs.createdAt,
			startedAt: runs.startedAt,
			endedAt: runs.endedAt,
		})
		.from(runs)
		.where(and(eq(runs.workflowId, workflows.id), ne(runs.kind, "try")))
		.orderBy(desc(runs.number))
		.limit(LAST_RUNS)
		.as("last");
	return db
		.select({
			workflowId: workflows.id,
			number: last.number,
			kind: last.kind,
			status: last.status,
			at: last.at,
			startedAt: last.startedAt,
			endedAt: last.endedAt,
		})
		.from(workflows)
		.innerJoinLateral(last, sql`true`)
		.where(isListed(teamId, archived))
		.orderBy(asc(last.number));
}

/** A cancelled run and a test say nothing about what is published: they count neither as success nor as failure. */
function summarizeRuns(lastRuns: readonly LastRun[]) {
	const judged = lastRuns.filter(
		({ kind, status }) => kind === "workflow" && ["completed", "failed", "timed_out"].includes(status),
	);
	const completed = judged.filter(({ status }) => status === "completed");
	const times = completed.flatMap(({ startedAt, endedAt }) => (startedAt && endedAt ? +endedAt - +startedAt : []));
	const shown = lastRuns.map(({ number, kind, status, at }) => ({ number, isTest: kind === "draft", status, at }));
	return {
		runs: shown,
		succeeded: judged.length === 0 ? null : completed.length / judged.length,
		medianMs: medianOf(times),
		lastRun: shown.at(-1) ?? null,
	};
}
