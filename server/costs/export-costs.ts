import { csvLine } from "@/server/csv-line";
import type { Caller } from "@/server/teams/caller";
import { type CostFilter, costFilterInput, type FoundCalls, matching, readFilter } from "./cost-filter";

export const exportCostsInput = costFilterInput;

/** The newest calls that one export has at most; earlier ones come with an earlier last day. */
const MAX_EXPORTED = 200_000;
const PAGE = 2_000;

interface Exported {
	id: string;
	/** As PostgreSQL writes it, to the microsecond: what the next page begins behind. */
	at: string;
	time: Date;
	workflow: string | null;
	run: number | null;
	step: string | null;
	purpose: string;
	provider: string;
	model: string;
	input: number;
	cacheRead: number;
	cacheWrite: number;
	output: number;
	reasoning: number;
	cost: number;
	estimated: boolean;
	notional: boolean;
	priceOf: string | null;
}

const HEAD = [
	...["time", "workflow", "run", "step", "purpose", "provider", "model", "input tokens", "cache read tokens"],
	...["cache write tokens", "output tokens", "reasoning tokens", "cost in USD", "estimated", "paid by a subscription"],
	"price since",
];

/** The calls themselves as CSV, the newest first, a page at a time. Fails before its first piece, if at all refused. */
export async function* exportCosts(caller: Caller, filter: CostFilter, page = PAGE): AsyncGenerator<string> {
	const found = await readFilter(caller, filter);
	let last: Exported | undefined;
	for (let left = MAX_EXPORTED; left > 0; left -= page) {
		const rows = await readPage(caller, found, { last, limit: Math.min(page, left) });
		yield (last === undefined ? csvLine(HEAD) : "") + rows.map(toLine).join("");
		if (rows.length < page) return;
		last = rows.at(-1);
	}
}

async function readPage(
	{ database: { sql } }: Caller,
	found: FoundCalls,
	{ last, limit }: { last: Exported | undefined; limit: number },
): Promise<Exported[]> {
	return await sql<Exported[]>`
		select c.id, c.at::text as at, c.at as time, w.name as workflow, nullif(r.number, 0) as run, c.node_id as step, c.purpose,
			c.provider, c.model, c.input_tokens as input, c.cache_read_tokens as "cacheRead",
			c.cache_write_tokens as "cacheWrite", c.output_tokens as output, c.reasoning_tokens as reasoning,
			c.cost_usd as cost, c.estimated, c.notional, c.price->>'since' as "priceOf"
		from model_calls c left join workflows w on w.id = c.workflow_id left join runs r on r.id = c.run_id
		where ${matching(sql, found)}
			${last === undefined ? sql`` : sql`and (c.at, c.id) < (${last.at}::text::timestamptz, ${last.id})`}
		order by c.at desc, c.id desc limit ${limit}`;
}

function toLine(call: Exported): string {
	const { time, workflow, run, step, purpose, provider, model, estimated, notional, priceOf } = call;
	const tokens = [call.input, call.cacheRead, call.cacheWrite, call.output, call.reasoning];
	return csvLine([
		...[time.toISOString(), workflow ?? "", run === null ? "" : String(run), step ?? "", purpose, provider, model],
		...[...tokens, call.cost].map(String),
		...[estimated ? "yes" : "no", notional ? "yes" : "no", priceOf ?? ""],
	]);
}
