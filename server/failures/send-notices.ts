import type { TransactionSql } from "postgres";
import type { Database, Sql } from "@/db/client";
import type { FAILURE_CHANGES } from "@/db/schema/failures";
import { getEnv } from "@/server/env";
import { MAILED_WITHIN_HOURS, secondsToWait } from "@/server/mail/mail-queue";
import { announceInboxes, notifyIn } from "@/server/notifications/notify";
import { shorten } from "@/server/notifications/run-place";
import { logger } from "@/server/observability/logger";
import { publicAddress } from "@/server/public-address";
import type { StepError } from "@/server/runs/events";
import { composeNotice, describeDowntime, type ToldBudget } from "./compose-notice";
import { describeDestination } from "./describe-destination";
import { type Fields, INBOX } from "./destination-kinds";
import { type NoticeServices, noticeServices } from "./notice-context";
import { TOOK_TOO_LONG } from "./record-failure";
import { type Sent, sendToDestination } from "./send-to-destination";
import { tellMembers } from "./tell-members";

const log = logger.child({ part: "failure-notices" });

/** Notices that are sent at once, and those of one team among them: far sides that hang keep no other team waiting. */
const AT_ONCE = 40;
const OF_ONE_TEAM = 8;
/** A worker that has died in the middle is followed by another one after so long. */
const LEASE_SECONDS = 60;

/**
 * Sends what is to be told of failing workflows, in the order of each workflow. Nothing is locked while a far side is waited
 * for. A notice whose worker dies is sent again under the same id, by which most far sides know it again.
 */
export async function sendNotices(database: Database, services = noticeServices(database)): Promise<void> {
	const ids = await claimNotices(database.sql);
	if (ids.length === 0) return;
	const due = await readNotices(database.sql, ids);
	const results = await Promise.allSettled(due.map((notice) => sendOne(database, services, notice)));
	const failed = results.find((result) => result.status === "rejected");
	if (failed) throw failed.reason;
}

async function sendOne(database: Database, services: NoticeServices, notice: Notice): Promise<void> {
	if (notice.type === INBOX) return await tellInbox(database.sql, notice);
	const sending = { database, services, teamId: notice.teamId, id: notice.id, attempt: notice.tries };
	const sent = await sendToDestination(sending, notice, composeNotice(toldOf(notice)));
	await recordSent(database.sql, notice, sent);
}

/** One that follows another to the same destination waits until that is settled. */
async function claimNotices(sql: Sql): Promise<string[]> {
	const rows = await sql<{ id: string }[]>`
		with due as (
			select n.id, n.seq, row_number() over (partition by n.team_id order by n.seq) as nth from failure_notices n
			where n.send_at <= now() and not exists (
				select from failure_notices e
				where e.destination_id = n.destination_id and e.workflow_id = n.workflow_id and e.seq < n.seq
					and e.send_at is not null)
		)
		update failure_notices n set send_at = now() + make_interval(secs => ${LEASE_SECONDS}), tries = n.tries + 1
		where n.send_at <= now()
			and n.id in (select id from due where nth <= ${OF_ONE_TEAM} order by seq limit ${AT_ONCE})
		returning n.id`;
	return rows.map(({ id }) => id);
}

interface Notice {
	id: string;
	change: (typeof FAILURE_CHANGES)[number];
	data: { failures?: number; nodeId?: string | null; seconds?: number; budget?: ToldBudget };
	tries: number;
	isOld: boolean;
	teamId: string;
	team: string;
	teamName: string;
	destinationId: string;
	type: string;
	fields: Fields;
	setBy: string | null;
	/** Null of a budget, but for that of a workflow. */
	workflowId: string | null;
	slug: string | null;
	name: string | null;
	episode: string;
	runId: string | null;
	runNumber: number | null;
	error: StepError | null;
	/** The step that failed, as it is called. */
	step: string | null;
}

async function readNotices(sql: Sql, ids: readonly string[]): Promise<Notice[]> {
	return await sql<Notice[]>`
		select n.id, n.change, n.data, n.tries, n.episode, n.created_at < now() - make_interval(hours => ${MAILED_WITHIN_HOURS}) as "isOld",
			n.team_id as "teamId", m.slug as team, m.name as "teamName", d.id as "destinationId", d.type, d.fields,
			d.set_by as "setBy", w.id as "workflowId", w.slug, w.name, r.id as "runId", r.number as "runNumber", r.error,
			(select step->>'name' from json_array_elements(p.plan->'nodes') as step
				where step->>'id' = n.data->>'nodeId' limit 1) as step
		from failure_notices n join failure_destinations d on d.id = n.destination_id join teams m on m.id = n.team_id
			left join workflows w on w.id = n.workflow_id left join runs r on r.id = n.run_id
			left join plans p on p.team_id = r.team_id and p.hash = r.plan_hash
		where n.id = any(${[...ids]}::text[])`;
}

function toldOf(notice: Notice): Parameters<typeof composeNotice>[0] {
	const { change, data, team: teamSlug, teamName, slug, name, runNumber, step, error } = notice;
	const team = { slug: teamSlug, name: teamName };
	const workflow = { slug: slug ?? "", name: name ?? "" };
	if (data.budget !== undefined) {
		const url = publicAddress(`/${teamSlug}/costs`, getEnv());
		return { change: "budget", team, workflow: slug === null ? null : workflow, url, budget: data.budget };
	}
	const number = runNumber ?? 0;
	const url = publicAddress(`/${teamSlug}/workflows/${slug}/runs/${number}`, getEnv());
	const about = { team, workflow, run: { number, url }, failures: data.failures ?? 1 };
	if (change === "recovered") return { ...about, change, seconds: data.seconds ?? 0 };
	return { ...about, change: "failed", step, error: error?.message ?? TOOK_TOO_LONG };
}

async function tellInbox(sql: Sql, notice: Notice): Promise<void> {
	const { id, teamId, runId, fields, change, data, error, workflowId, episode } = notice;
	// Of a budget people are told in their inboxes anyhow, see `tell-budgets.ts`.
	if (change === "budget" || runId === null) return await markSent(sql, id);
	const excerpt = change === "failed" ? shorten(error?.message ?? TOOK_TOO_LONG) : describeDowntime(data.seconds ?? 0);
	const nodeId = change === "failed" && data.nodeId ? { nodeId: data.nodeId } : {};
	const told = await sql.begin(async (tx) => {
		const users = await tellMembers(tx, {
			...{ teamId, runId, to: fields.to ?? "", key: `${workflowId} ${episode} ${change}` },
			data: { change, failures: data.failures ?? 1, excerpt, ...nodeId },
		});
		await markSent(tx, id);
		return users;
	});
	announceInboxes(sql, told);
}

async function markSent(sql: Sql | TransactionSql, id: string): Promise<void> {
	await sql`update failure_notices set send_at = null, sent_at = now(), problem = null where id = ${id}`;
}

async function recordSent(sql: Sql, notice: Notice, sent: Sent): Promise<void> {
	const { id, tries, isOld } = notice;
	if (sent.isSent) return await markSent(sql, id);
	const { problem, mayPass, retryAfterSeconds = 0 } = sent;
	if (!mayPass || isOld) return await giveUp(sql, notice, problem);
	const wait = Math.max(secondsToWait(tries - 1), retryAfterSeconds);
	await sql`
		update failure_notices set send_at = now() + make_interval(secs => ${wait}), problem = ${problem} where id = ${id}`;
}

/** Whoever has set up a destination hears that nothing could be sent there; if they have left, the owners of the team. */
async function giveUp(sql: Sql, notice: Notice, problem: string): Promise<void> {
	const { id, teamId, runId, destinationId, setBy } = notice;
	const { name, detail } = describeDestination(notice);
	const to = detail === "" ? name : `${name} (${detail})`;
	log.warn({ notice: id, destination: destinationId, problem }, "A failure could not be told; it is not tried again");
	const told = await sql.begin(async (tx) => {
		await tx`
			update failure_notices set send_at = null, failed_at = now(), problem = ${problem} where id = ${id}`;
		const people = await tx<{ id: string; hour: string }[]>`
			select m.user_id as id, to_char(now() at time zone 'utc', 'YYYY-MM-DD HH24') as hour from memberships m
			where m.team_id = ${teamId} and case
				when exists (select from memberships s where s.team_id = ${teamId} and s.user_id = ${setBy})
				then m.user_id = ${setBy} else m.role = 'owner' end`;
		return await notifyIn(tx, {
			...{ kind: "failure-untold", teamId, recipients: people.map((person) => person.id) },
			...(runId !== null && { runId }),
			key: `${destinationId} ${people[0]?.hour ?? ""}`,
			data: { to: shorten(to), excerpt: shorten(problem) },
		});
	});
	announceInboxes(sql, told);
}

/** What was told is kept as long as other notices are, and until its workflow works again. */
const KEPT_DAYS = 90;

export async function forgetNotices(sql: Sql): Promise<void> {
	await sql`
		delete from failure_notices n where n.send_at is null and n.created_at < now() - make_interval(days => ${KEPT_DAYS})
			and not exists (select from failing_workflows f where f.workflow_id = n.workflow_id and f.episode = n.episode)`;
}
