import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { deliveries, triggers } from "@/db/schema/triggers";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import type { TestTeam } from "@/server/teams/test-team";
import { insertVersion } from "@/server/workflows/insert-version";
import { publishTestWorkflow } from "../test-published";
import { type ScheduleConfig, scheduleConfigSchema } from "./times/schedule-config";

/** Workflows of a test's team that start by a schedule. */
export function testSchedules(database: Database, team: TestTeam) {
	const { db } = database;
	const rowOf = async (id: string) => (await db.select().from(triggers).where(eq(triggers.workflowId, id)))[0];
	return {
		/** Publishes a workflow with an hourly schedule, or with what `settings` say of it. */
		async create(settings: object, rest: object = {}) {
			const { id, slug } = await publishTestWorkflow({ database, team }, planOf(settings, rest), "Sweep");
			const row = await rowOf(id);
			if (row === undefined) throw new Error("Nothing was registered.");
			return { id, ref: { team: team.slug, slug, key: row.key }, due: row.dueAt?.getTime() ?? 0 };
		},
		/** Publishes one version more; without settings, one that has no schedule. */
		async publish(workflowId: string, settings?: object) {
			const plan = planOf(settings);
			await db.transaction((tx) => insertVersion(tx, { teamId: team.id, workflowId, plan, publishedBy: null }));
		},
		/** Sets what comes next, as if time had passed. */
		async moveTo(workflowId: string, at: number) {
			const values = { dueAt: new Date(at), nextAt: new Date(at), activeSince: new Date(at - 1) };
			await db.update(triggers).set(values).where(eq(triggers.workflowId, workflowId));
		},
		rowOf,
		runsOf: (id: string) => db.select().from(runs).where(eq(runs.workflowId, id)).orderBy(runs.number),
		deliveriesOf: (id: string) =>
			db.select().from(deliveries).where(eq(deliveries.workflowId, id)).orderBy(deliveries.dueAt),
	};
}

export function testSchedule(settings: object): ScheduleConfig {
	const timed = "everySeconds" in settings ? {} : { cron: "0 * * * *" };
	return scheduleConfigSchema.parse({ type: "schedule", id: "hourly", ...timed, ...settings });
}

/** Each has a command of its own: a plan that is published twice stays one version. */
function planOf(settings: object | undefined, rest: object = {}): Plan {
	const nodes = [{ id: "say", name: "Say", config: { command: `echo ${crypto.randomUUID()}` } }];
	return testPlan(nodes, [], { triggers: settings === undefined ? [] : [testSchedule(settings)], ...rest });
}
