import type { Database } from "@/db/client";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { FatalError, RetryableError } from "@/server/errors";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { oncePerProcess } from "@/server/once-per-process";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import { githubDefinition } from "../definition";
import { type GithubConfig, githubConfigSchema } from "../settings/github-config";
import { askAgain, GithubRefusal, type HookDelivery, listHookDeliveries } from "./deliveries-api";
import { findUndelivered, REDELIVERABLE_MS } from "./find-undelivered";

const EVERY_MS = 5 * 60_000;
/** A refusal that somebody has to see to. */
const AFTER_REFUSAL_MS = 3_600_000;
/** Two checks look at the same minute, for what was being delivered meanwhile. */
const OVERLAP_MS = 60_000;
/** Pages of one check, and deliveries that it asks for: what is left is for the next one. */
const MOST_PAGES = 50;
const MOST_ASKED = 50;
const AT_ONCE = 20;

interface Due {
	triggerId: string;
	teamId: string;
	config: unknown;
	checkedAt: Date | null;
}

interface Options {
	fetch?: OutboundFetch;
	now?: () => number;
}

/**
 * Asks GitHub to send again what it could not deliver since it was asked last, of every trigger that names a credential
 * for it. Each is checked by one worker at a time.
 */
export async function askForUndelivered(database: Database, options: Options = {}): Promise<void> {
	const now = options.now ?? Date.now;
	const due = await claimDue(database, now());
	if (due.length === 0) return;
	const fetch = options.fetch ?? guardedFetch();
	await forEachSettled(due, (one) => check(database, one, { fetch, now }));
}

function guardedFetch(): OutboundFetch {
	return oncePerProcess("github-fetch", () => {
		const env = getEnv();
		return createOutboundFetch({
			allow: env.WEFT_ALLOW_ADDRESSES,
			authorities: readAuthorities(env),
			maxResponseBytes: 5_000_000,
		});
	});
}

/** Those whose time has come, which nobody else claims before the next time. */
async function claimDue({ sql }: Database, now: number): Promise<Due[]> {
	return await sql<Due[]>`
		insert into hook_checks as known (trigger_id, next_at)
		select t.id, ${new Date(now + EVERY_MS)} from triggers t left join hook_checks c on c.trigger_id = t.id
		where t.type = 'github' and t.paused_at is null and t.config->'redeliver' is not null
			and (c.next_at is null or c.next_at <= ${new Date(now)})
		order by c.next_at nulls first limit ${AT_ONCE}
		on conflict (trigger_id) do update set next_at = excluded.next_at where known.next_at <= ${new Date(now)}
		returning trigger_id as "triggerId", checked_at as "checkedAt",
			(select team_id from triggers where id = trigger_id) as "teamId",
			(select config from triggers where id = trigger_id) as config`;
}

type Access = Parameters<typeof listHookDeliveries>[0];

async function check(database: Database, due: Due, { fetch, now }: Required<Options>): Promise<void> {
	const { data: config } = githubConfigSchema.safeParse(due.config);
	if (!config?.redeliver) return;
	const startedAt = now();
	try {
		const secret = await openSecret(database, due.teamId, config.redeliver);
		const access = { redeliver: config.redeliver, secret, fetch, now };
		const since = Math.max(due.checkedAt?.getTime() ?? 0, startedAt - REDELIVERABLE_MS);
		const undelivered = findUndelivered(await listSince(access, since));
		for (const { id } of undelivered.slice(0, MOST_ASKED)) await askAgain(access, id);
		const isDone = undelivered.length <= MOST_ASKED;
		await note(database, due, { problem: null, ...(isDone && { checkedAt: startedAt - OVERLAP_MS }) });
	} catch (error) {
		const nextAt = (error instanceof GithubRefusal && error.retryAt) || now() + AFTER_REFUSAL_MS;
		await note(database, due, { problem: explain(error).slice(0, 500), nextAt });
	}
}

/** @throws what is nobody's refusal, and no network's failure */
function explain(error: unknown): string {
	if (error instanceof GithubRefusal || error instanceof FatalError || error instanceof RetryableError)
		return error.message;
	if (error instanceof DOMException || error instanceof SyntaxError) return "GitHub has not answered as it should.";
	throw error;
}

async function openSecret(
	database: Database,
	teamId: string,
	{ credential }: NonNullable<GithubConfig["redeliver"]>,
): Promise<string> {
	const actor = { kind: "system", name: githubDefinition.title } as const;
	const secret = (await openCredentials(database, { teamId, actor }, [credential]))[credential];
	if (secret === undefined || secret === "")
		throw new GithubRefusal(
			`The credential ${credential} is not set. Save it, so that failed deliveries are asked for.`,
		);
	return secret;
}

async function listSince(access: Access, since: number): Promise<HookDelivery[]> {
	const found: HookDelivery[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const { deliveries, next } = await listHookDeliveries(access, cursor);
		const recent = deliveries.filter((each) => Date.parse(each.delivered_at) >= since);
		found.push(...recent);
		if (next === undefined || recent.length < deliveries.length) break;
		cursor = next;
	}
	return found;
}

interface Noted {
	problem: string | null;
	checkedAt?: number;
	nextAt?: number;
}

async function note({ sql }: Database, { triggerId }: Due, { problem, checkedAt, nextAt }: Noted): Promise<void> {
	await sql`
		update hook_checks set problem = ${problem},
			checked_at = coalesce(${checkedAt === undefined ? null : new Date(checkedAt)}::timestamptz, checked_at),
			next_at = coalesce(${nextAt === undefined ? null : new Date(nextAt)}::timestamptz, next_at)
		where trigger_id = ${triggerId}`;
}
