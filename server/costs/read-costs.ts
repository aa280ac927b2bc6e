import { z } from "zod";
import type { Sql } from "@/db/client";
import type { MODEL_CALL_PURPOSES } from "@/db/schema/model-calls";
import type { Caller } from "@/server/teams/caller";
import { costFilterInput, type FoundCalls, matching, readFilter } from "./cost-filter";

export const COST_GROUPS = ["day", "workflow", "model", "step", "run"] as const;
export type CostGroup = (typeof COST_GROUPS)[number];

export const readCostsInput = costFilterInput.extend({ by: z.enum(COST_GROUPS) });

/** So many rows, the dearest first; the rest is one sum. */
const MOST_ROWS = 200;
/** So many of them have a colour of their own in the chart. */
const SHOWN_APART = 5;

export interface CostSums {
	calls: number;
	inputTokens: number;
	cacheReadTokens: number;
	cacheWriteTokens: number;
	outputTokens: number;
	reasoningTokens: number;
	/** What was billed; what of it is estimated; and what a subscription would have cost otherwise. */
	costUsd: number;
	estimatedUsd: number;
	notionalUsd: number;
}

export interface CostRow extends CostSums {
	key: string;
	/** 1 is the dearest. */
	rank: number;
	/** Of a group by days. */
	day: string | null;
	provider: string | null;
	model: string | null;
	nodeId: string | null;
	purpose: "step" | (typeof MODEL_CALL_PURPOSES)[number] | null;
	workflow: { slug: string; name: string } | null;
	runNumber: number | null;
}

export interface Costs {
	days: string[];
	total: CostSums;
	/** Of all rows, also those that are left out. */
	groups: number;
	rows: CostRow[];
	/** Per day, and of the rows that are shown apart by their rank; 0 for all others. */
	cells: { day: string; rank: number; costUsd: number; tokens: number }[];
}

/** What calls of models have cost the team in some days: per day, workflow, model, step or run. */
export async function readCosts(caller: Caller, { by, ...filter }: z.infer<typeof readCostsInput>): Promise<Costs> {
	const found = await readFilter(caller, filter);
	const [read] = await caller.database.sql<[Omit<Costs, "days">]>`${costsOf(caller.database.sql, found, by)}`;
	return { days: found.days, ...read };
}

const SUMS = [
	...["calls", "inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens", "reasoningTokens"],
	...["costUsd", "estimatedUsd", "notionalUsd"],
];

/**
 * One pass over the calls; what follows works on its sums per day and group. The bounds stand in a query of their own: they
 * are read once, and not for each call.
 */
function costsOf(sql: Sql, found: FoundCalls, by: CostGroup) {
	const sums = sql.unsafe(SUMS.map((name) => `sum("${name}")::float8 as "${name}"`).join(", "));
	const zeros = sql.unsafe(SUMS.map((name) => `coalesce(sum("${name}"), 0)::float8 as "${name}"`).join(", "));
	return sql`
		with cells as materialized (
			select width_bucket(c.at, (select ${found.bounds}::text[]::timestamptz[])) as nth, ${groupOf(sql, by)},
				count(*) as calls, sum(c.input_tokens) as "inputTokens", sum(c.cache_read_tokens) as "cacheReadTokens",
				sum(c.cache_write_tokens) as "cacheWriteTokens", sum(c.output_tokens) as "outputTokens",
				sum(c.reasoning_tokens) as "reasoningTokens",
				coalesce(sum(c.cost_usd) filter (where not c.notional), 0) as "costUsd",
				coalesce(sum(c.cost_usd) filter (where c.estimated and not c.notional), 0) as "estimatedUsd",
				coalesce(sum(c.cost_usd) filter (where c.notional), 0) as "notionalUsd"
			from model_calls c where ${matching(sql, found)} group by 1, 2, 3, 4, 5, 6, 7
		), days as (
			select day, nth from unnest(${found.days}::text[]) with ordinality as d (day, nth)
		), keyed as (
			select *, ${by === "day" ? sql`nth::text` : sql`concat_ws(' ', workflow_id, run_id, node_id, provider, model, purpose)`} as key
			from cells
		), ranked as (
			select key, min(nth) as nth, min(workflow_id) as workflow_id, min(run_id) as run_id, min(node_id) as "nodeId",
				min(provider) as provider, min(model) as model, min(purpose) as purpose, ${sums},
				row_number() over (order by sum("costUsd") desc, sum("inputTokens" + "outputTokens") desc, key) as rank
			from keyed group by key
		), shown as (
			select r.key, r.rank, case when ${by === "day"} then d.day end as day, r.provider, r.model, r."nodeId", r.purpose,
				case when w.id is not null then json_build_object('slug', w.slug, 'name', w.name) end as workflow,
				nullif(run.number, 0) as "runNumber", ${sql.unsafe(SUMS.map((name) => `r."${name}"`).join(", "))}
			from ranked r left join workflows w on w.id = r.workflow_id left join runs run on run.id = r.run_id
				left join days d on d.nth = r.nth
			order by r.rank limit ${MOST_ROWS}
		), drawn as (
			select d.day, case when r.rank <= ${by === "day" ? 0 : SHOWN_APART} then r.rank else 0 end as rank,
				sum(k."costUsd")::float8 as "costUsd",
				sum(k."inputTokens" + k."cacheReadTokens" + k."cacheWriteTokens" + k."outputTokens" + k."reasoningTokens")::float8 as tokens
			from keyed k join ranked r using (key) join days d on d.nth = k.nth group by 1, 2
		)
		select (select row_to_json(t) from (select ${zeros} from ranked) t) as total,
			(select count(*)::int from ranked) as groups,
			coalesce((select json_agg(s order by s.rank) from shown s), '[]') as rows,
			coalesce((select json_agg(c order by c.day, c.rank) from drawn c), '[]') as cells`;
}

/** `workflow_id`, `run_id`, `node_id`, `provider`, `model` and `purpose`, those null by which is not grouped. */
function groupOf(sql: Sql, by: CostGroup) {
	switch (by) {
		case "day":
			return sql`null as workflow_id, null as run_id, null as node_id, null as provider, null as model, null as purpose`;
		case "workflow":
			return sql`c.workflow_id, null as run_id, null as node_id, null as provider, null as model, null as purpose`;
		case "model":
			return sql`null as workflow_id, null as run_id, null as node_id, c.provider, c.model, null as purpose`;
		case "step":
			return sql`c.workflow_id, null as run_id, c.node_id, null as provider, null as model, c.purpose`;
		case "run":
			return sql`c.workflow_id, c.run_id, null as node_id, null as provider, null as model, c.purpose`;
	}
}
