import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { type RUN_KINDS, runs } from "@/db/schema/runs";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { createSendStepMail } from "@/server/mail/send-step-mail";
import { hashPlan } from "@/server/plan/hash-plan";
import { testPlan } from "@/server/plan/test-plan";
import { completeRun } from "@/server/runs/store/complete-run";
import { endRun } from "@/server/runs/store/end-run";
import { insertTestRun } from "@/server/runs/test-run";
import type { NoticeServices } from "./notice-context";

/** For tests: far sides are a server of the test, which stands in Slack's place, too. */
export function testNoticeServices(database: Database, origin: string): NoticeServices {
	const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
	return {
		fetch: (url, init) => outbound(url.replace("https://slack.com", origin), init),
		mail: createSendStepMail(database, { resolve: async (host) => host, authorities: undefined }),
	};
}

const plan = testPlan([{ id: "build", type: "comment", name: "Build it", config: { text: "a" } }]);

type RunKind = (typeof RUN_KINDS)[number];

/** For tests: a workflow of which runs end. */
export async function createFailingWorkflow(database: Database, teamId: string) {
	const { sql } = database;
	const { workflowId, slug } = await insertTestRun(database, teamId, { plan, ended: true });
	let number = 1;
	const begin = async (kind: RunKind = "workflow") => {
		number += 1;
		const [id, at] = [newId(), new Date()];
		const actor = { kind: "system" as const, name: "test" };
		await database.db.insert(runs).values({
			...{ id, teamId, workflowId, number, kind, planHash: hashPlan(plan), status: "running", actor },
			...{ trigger: "manual", payload: {}, input: {}, startedAt: at },
		});
		return id;
	};
	const failRun = (id: string, message = "Exit code 1.") =>
		endRun(sql, id, { end: { status: "failed", nodeId: "build", error: { message } } });
	return {
		workflowId,
		slug,
		begin,
		failRun,
		fail: async (message?: string) => failRun(await begin(), message),
		timeOut: async () => endRun(sql, await begin(), { end: { status: "timed_out", limitSeconds: 1 } }),
		cancel: async () => {
			const actor = { kind: "system" as const, name: "test" };
			await endRun(sql, await begin(), { end: { status: "cancelled", actor } });
		},
		complete: async (kind?: RunKind) => endRun(sql, await begin(kind), { end: { status: "completed" } }),
		/** As a run ends whose records are all there. */
		completeAtOnce: async (kind?: RunKind) => completeRun(sql, await begin(kind), { pending: [] }),
	};
}
