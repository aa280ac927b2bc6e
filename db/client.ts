import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as agents from "./schema/agents";
import * as alerts from "./schema/alerts";
import * as approvalLinks from "./schema/approval-links";
import * as artifacts from "./schema/artifacts";
import * as comments from "./schema/comments";
import * as events from "./schema/events";
import * as failures from "./schema/failures";
import * as invitations from "./schema/invitations";
import * as modelCalls from "./schema/model-calls";
import * as notifications from "./schema/notifications";
import * as operations from "./schema/operations";
import * as prompts from "./schema/prompts";
import * as runs from "./schema/runs";
import * as sharing from "./schema/sharing";
import * as slackApprovals from "./schema/slack-approvals";
import * as teams from "./schema/teams";
import * as templates from "./schema/templates";
import * as testEvents from "./schema/test-events";
import * as triggers from "./schema/triggers";
import * as workflows from "./schema/workflows";

const schema = {
	...agents,
	...teams,
	...invitations,
	...workflows,
	...runs,
	...operations,
	...sharing,
	...templates,
	...comments,
	...notifications,
	...triggers,
	...artifacts,
	...approvalLinks,
	...slackApprovals,
	...events,
	...failures,
	...alerts,
	...testEvents,
	...prompts,
	...modelCalls,
};

/** postgres.js, prepared statements and plain types: for the hot paths of runs, LISTEN and advisory locks. */
export type Sql = postgres.Sql;
/** What both a pool and a transaction can do. */
export type SqlLike = postgres.Sql | postgres.TransactionSql;
export type Db = ReturnType<typeof openDrizzle>;
export type DbTransaction = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What both the database and a transaction can do. */
export type DbLike = Db | DbTransaction;

export interface Database {
	sql: Sql;
	/** A pool of its own: drizzle changes how its client reads dates and JSON. */
	db: Db;
	close(): Promise<void>;
}

function openDrizzle(client: postgres.Sql) {
	return drizzle(client, { schema });
}

/** Opens both pools; connects on first use. `max` is the number of connections of each. */
export function openDatabase(url: string, { max = 10 }: { max?: number } = {}): Database {
	// Reconnects at once after a restart of the database, without the driver's exponential backoff.
	const options = { max, onnotice: () => {}, connect_timeout: 10, backoff: () => 0.25 };
	const sql = postgres(url, options);
	const client = postgres(url, options);
	return {
		sql,
		db: openDrizzle(client),
		async close() {
			await Promise.all([sql.end({ timeout: 2 }), client.end({ timeout: 2 })]);
		},
	};
}
