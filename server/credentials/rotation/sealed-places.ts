import type { Sql } from "@/db/client";
import type { CredentialType } from "@/server/credentials/catalog";
import { credentialBinding } from "@/server/credentials/credential-binding";
import { placeOf } from "@/server/execution/secrets/open-pinned";
import { sealBindings } from "@/server/execution/secrets/sealed-values";
import { toJsonText } from "@/server/runs/store/json-text";
import type { PinnedOutput, PinnedScope } from "@/server/runs/store/pinned-scope";
import { hookBinding } from "@/server/triggers/hooks/address/hook-binding";

/** Seals a value anew; undefined for one that is sealed under the current key already. */
export type Reseal = (sealed: string, boundTo: string) => string | undefined;

/** A row that holds sealed values: writes it again where `reseal` changes one, if it is still the same; else undefined. */
export type SealedRow = (reseal: Reseal) => Promise<unknown> | undefined;

const ROWS = 50;

interface Step {
	runId: string;
	nodeId: string;
	iteration: string;
	sealed: string;
}

/** Every row of a team that holds a value sealed under its key. What is sealed elsewhere is lost with a former key. */
export async function* sealedRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	yield* credentialRows(sql, teamId);
	yield* formerRows(sql, teamId);
	yield* stepRows(sql, teamId, "sealed");
	yield* stepRows(sql, teamId, "opened");
	yield* decisionRows(sql, teamId);
	yield* turnRows(sql, teamId);
	yield* variableRows(sql, teamId);
	yield* pinnedRows(sql, teamId);
	yield* hookRows(sql, teamId, "sealed");
	yield* hookRows(sql, teamId, "former_sealed");
}

async function* credentialRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<{ id: string; type: CredentialType; sealed: string }[]>`
		select id, type, sealed from credentials where team_id = ${teamId} and sealed <> ''`;
	for await (const rows of query.cursor(ROWS))
		for (const { id, type, sealed } of rows)
			yield one(sealed, credentialBinding({ teamId, id, type }), (next) => {
				return sql`update credentials set sealed = ${next} where id = ${id} and sealed = ${sealed}`;
			});
}

async function* formerRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<{ id: string; credentialId: string; type: CredentialType; sealed: string }[]>`
		select id, credential_id as "credentialId", type, sealed from former_credential_values where team_id = ${teamId}`;
	for await (const rows of query.cursor(ROWS))
		for (const { id, credentialId, type, sealed } of rows)
			yield one(sealed, credentialBinding({ teamId, id: credentialId, type }), (next) => {
				return sql`update former_credential_values set sealed = ${next} where id = ${id} and sealed = ${sealed}`;
			});
}

async function* hookRows(sql: Sql, teamId: string, column: "sealed" | "former_sealed"): AsyncGenerator<SealedRow> {
	const name = sql(column);
	const query = sql<{ id: string; sealed: string }[]>`
		select id, ${name} as sealed from hooks where team_id = ${teamId} and ${name} is not null`;
	for await (const rows of query.cursor(ROWS))
		for (const { id, sealed } of rows)
			yield one(sealed, hookBinding(id), (next) => {
				return sql`update hooks set ${name} = ${next} where id = ${id} and ${name} = ${sealed}`;
			});
}

async function* stepRows(sql: Sql, teamId: string, column: "sealed" | "opened"): AsyncGenerator<SealedRow> {
	const name = sql(column);
	const query = sql<Step[]>`
		select s.run_id as "runId", s.node_id as "nodeId", s.iteration, s.${name} as sealed
		from run_steps s join runs r on r.id = s.run_id where r.team_id = ${teamId} and s.${name} is not null`;
	for await (const rows of query.cursor(ROWS))
		for (const { runId, sealed, ...place } of rows)
			yield one(sealed, sealBindings.output(runId, place), (next) => {
				const at = sql`run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
				return sql`update run_steps set ${name} = ${next} where ${at} and ${name} = ${sealed}`;
			});
}

async function* decisionRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<Step[]>`
		select i.run_id as "runId", i.node_id as "nodeId", i.iteration, i.sealed
		from loop_iterations i join runs r on r.id = i.run_id where r.team_id = ${teamId} and i.sealed is not null`;
	for await (const rows of query.cursor(ROWS))
		for (const { runId, sealed, ...place } of rows)
			yield one(sealed, sealBindings.decision(runId, place), (next) => {
				const at = sql`run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
				return sql`update loop_iterations set sealed = ${next} where ${at} and sealed = ${sealed}`;
			});
}

async function* turnRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<(Step & { seq: number })[]>`
		select t.run_id as "runId", t.node_id as "nodeId", t.iteration, t.seq, t.sealed
		from agent_turns t join runs r on r.id = t.run_id where r.team_id = ${teamId} and t.sealed is not null`;
	for await (const rows of query.cursor(ROWS))
		for (const { runId, seq, sealed, ...place } of rows)
			yield one(sealed, sealBindings.turn(runId, place, seq), (next) => {
				const at = sql`run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
				return sql`update agent_turns set sealed = ${next} where ${at} and seq = ${seq} and sealed = ${sealed}`;
			});
}

async function* variableRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<{ runId: string; key: string; sealedBy: string; sealed: string }[]>`
		select v.run_id as "runId", v.key, coalesce(v.sealed_in, v.run_id) as "sealedBy", v.sealed
		from run_variables v join runs r on r.id = v.run_id where r.team_id = ${teamId} and v.sealed is not null`;
	for await (const rows of query.cursor(ROWS))
		for (const { runId, key, sealedBy, sealed } of rows)
			yield one(sealed, sealBindings.variable(sealedBy, key), (next) => {
				return sql`
					update run_variables set sealed = ${next} where run_id = ${runId} and key = ${key} and sealed = ${sealed}`;
			});
}

/** What tries and tests of drafts read of other runs stands in their rows, sealed for those. */
async function* pinnedRows(sql: Sql, teamId: string): AsyncGenerator<SealedRow> {
	const query = sql<{ id: string; pinned: PinnedScope }[]>`
		select id, pinned from runs where team_id = ${teamId} and pinned::text like '%"sealed"%'`;
	for await (const rows of query.cursor(ROWS))
		for (const { id, pinned } of rows)
			yield (reseal) => {
				const next = toJsonText(resealScope(pinned, reseal));
				if (next === toJsonText(pinned)) return undefined;
				return sql`update runs set pinned = ${next}::text::json where id = ${id}`;
			};
}

function resealScope(scope: PinnedScope, reseal: Reseal): PinnedScope {
	const { steps, containers } = scope;
	const output = (id: string, pinned: PinnedOutput) => resealOutput(id, pinned, reseal);
	const changed = Object.entries(steps ?? {}).map(([id, pinned]) => [id, output(id, pinned)] as const);
	return {
		...scope,
		...(steps && { steps: Object.fromEntries(changed) }),
		...(containers && {
			containers: containers.map((container) => ({
				...container,
				...(container.opened && { opened: output(container.id, container.opened) }),
				...(container.ended && { ended: output(container.id, container.ended) }),
			})),
		}),
	};
}

function resealOutput(id: string, pinned: PinnedOutput, reseal: Reseal): PinnedOutput {
	if (pinned.sealed === undefined) return pinned;
	const text = reseal(pinned.sealed.text, placeOf(id, pinned.sealed));
	return text === undefined ? pinned : { ...pinned, sealed: { ...pinned.sealed, text } };
}

function one(sealed: string, boundTo: string, replace: (next: string) => Promise<unknown>): SealedRow {
	return (reseal) => {
		const next = reseal(sealed, boundTo);
		return next === undefined ? undefined : replace(next);
	};
}
