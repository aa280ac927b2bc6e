import type { PendingQuery, Row } from "postgres";
import type { Database } from "@/db/client";
import { formFieldSchema } from "@/server/plan/form-field";
import { triggerSchema } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { WaitingTest } from "../hooks/hook-kind";
import { openReceiver } from "../hooks/receive/open-receiver";

interface TestRow extends Pick<WaitingTest, "key" | "teamId" | "workflowId" | "slug" | "waitId"> {
	config: JsonObject;
	form: unknown[];
}

/** The triggers of drafts that wait for a test event. @param concerned which of them, as a condition on `t`, of `test_events` */
export async function readWaitingTests(database: Database, concerned: PendingQuery<Row[]>): Promise<WaitingTest[]> {
	const rows = await database.sql<TestRow[]>`
		select t.key, w.team_id as "teamId", w.id as "workflowId", w.slug, t.wait_id as "waitId", t.config, t.form
		from test_events t join workflows w on w.id = t.workflow_id and w.archived_at is null
		where t.until > now() and ${concerned}
		order by t.workflow_id, t.key`;
	return (await Promise.all(rows.map((row) => openTest(database, row)))).filter((found) => found !== undefined);
}

async function openTest(database: Database, { config, form, ...row }: TestRow): Promise<WaitingTest | undefined> {
	const receiver = await openReceiver(database, row.teamId, triggerSchema.parse(config));
	if (!receiver) return undefined;
	return { id: `test ${row.workflowId} ${row.key}`, ...row, ...receiver, form: formFieldSchema.array().parse(form) };
}
