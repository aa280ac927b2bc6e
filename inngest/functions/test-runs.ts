import { createHash, randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, isEnded, type RunState } from "@/server/runs/state";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import { insertRun } from "@/server/runs/store/insert-run";
import { toJsonText } from "@/server/runs/store/json-text";

/** A team with nothing in it; returns its id. */
export async function insertTeam(database: Database): Promise<string> {
	const id = newId();
	await database.sql`insert into teams (id, name, slug, wrapped_key) values (${id}, 'Test', ${id}, '')`;
	return id;
}

/** Stores a plan as version 1 of a new workflow and starts a run of it; returns the run's id. */
export async function startPlan(
	database: Database,
	plan: Plan,
	{ input = {}, teamId, actor }: { input?: JsonObject; teamId?: string; actor?: Actor } = {},
): Promise<string> {
	const team = teamId ?? (await insertTeam(database));
	const workflowId = await insertWorkflow(database, team, plan);
	return (await startWorkflow(database, { teamId: team, workflowId, plan, input, ...(actor && { actor }) })).runId;
}

export async function insertWorkflow(database: Database, teamId: string, plan: Plan): Promise<string> {
	const workflowId = newId();
	const planHash = hashOf(plan);
	const text = toJsonText(plan);
	await database.sql`
		insert into plans (team_id, hash, plan) values (${teamId}, ${planHash}, ${text}::text::jsonb) on conflict do nothing`;
	await database.sql`
		insert into workflows (id, team_id, slug, name, draft, current_version)
		values (${workflowId}, ${teamId}, ${workflowId}, 'Test workflow', ${text}::text::jsonb, 1)`;
	await database.sql`
		insert into workflow_versions (team_id, workflow_id, version, plan_hash) values (${teamId}, ${workflowId}, 1, ${planHash})`;
	return workflowId;
}

export async function startWorkflow(
	database: Database,
	start: {
		teamId: string;
		workflowId: string;
		plan: Plan;
		input?: JsonObject;
		concurrencyKey?: string;
		actor?: Actor;
	},
) {
	return await insertRun(database.sql, {
		teamId: start.teamId,
		workflowId: start.workflowId,
		version: 1,
		planHash: hashOf(start.plan),
		settings: start.plan.settings,
		actor: start.actor ?? { kind: "system", name: "test" },
		trigger: "manual",
		payload: {},
		input: start.input ?? {},
		requestId: randomUUID(),
		concurrencyKey: start.concurrencyKey ?? null,
	});
}

function hashOf(plan: Plan): string {
	return createHash("sha256").update(toJsonText(plan)).digest("hex");
}

/** The run's log, as it is recorded. */
export async function readEvents(database: Database, runId: string): Promise<RunEvent[]> {
	const rows = await database.sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events where run_id = ${runId} order by seq`;
	return rows.map(toRunEvent);
}

export async function readState(database: Database, runId: string): Promise<RunState> {
	return foldRun(initialRunState, await readEvents(database, runId));
}

/** Resolves with the run's state as soon as it is what the test waits for. */
export async function untilRun(
	database: Database,
	runId: string,
	isReached: (state: RunState) => boolean = (state) => isEnded(state.phase.status),
): Promise<RunState> {
	let wake = () => {};
	const { unlisten } = await database.sql.listen(RUN_EVENTS_CHANNEL, (id) => {
		if (id === runId) wake();
	});
	try {
		for (;;) {
			const heard = new Promise<void>((resolve) => {
				wake = resolve;
			});
			const state = await readState(database, runId);
			if (isReached(state)) return state;
			await heard;
		}
	} finally {
		await unlisten();
	}
}

/** The recorded output of a step. */
export async function readOutput(database: Database, runId: string, nodeId: string, iteration = "") {
	const [row] = await database.sql<{ output: unknown }[]>`
		select output from run_steps where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}`;
	return row?.output;
}
