import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { deliveries, triggers } from "@/db/schema/triggers";
import { listInbox } from "@/server/notifications/list-inbox";
import { setSwitch } from "@/server/notifications/switches";
import { forgetDeliveries } from "@/server/runs/chores/forget-deliveries";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { fireSchedules } from "./fire-schedules";
import { tellOverdue } from "./tell-missed";
import { testSchedules } from "./test-schedules";

const { database, team } = await setUpTestTeam();
const schedules = testSchedules(database, team);
const HOUR = 3_600_000;
afterEach(async () => {
	await database.sql`delete from triggers`;
	await database.sql`delete from notifications`;
});

const publisher = () => team.members.editor;
const inbox = async () => (await listInbox(publisher(), { unreadOnly: false, limit: 10 })).items;

test("whoever published a workflow is told of times that were missed, once, also when all are made up for", async () => {
	const { due } = await schedules.create({ missed: "once" });
	await fireSchedules(database, () => due + 3.5 * HOUR);
	await fireSchedules(database, () => due + 3.6 * HOUR);
	expect(await inbox()).toMatchObject([
		{
			kind: "schedule-missed",
			sentence: "Sweep did not start as its schedule says",
			excerpt: "3 times without a run. Weft was not running at that time.",
			path: "/acme/schedules",
		},
	]);
});

test("nobody is told of times that had their run, late or not, or were skipped beside another one", async () => {
	const { due } = await schedules.create({ missed: "all" });
	await fireSchedules(database, () => due + HOUR / 2);
	await fireSchedules(database, () => due + HOUR);
	expect(await inbox()).toEqual([]);
});

test("is told that a schedule has paused itself", async () => {
	const { id } = await schedules.create({});
	const config = { type: "schedule", id: "hourly", cron: "0 * * * *", timeZone: "Mars/Olympus" };
	await database.db.update(triggers).set({ config }).where(eq(triggers.workflowId, id));
	await fireSchedules(database, () => Date.now() + HOUR);
	expect(await inbox()).toMatchObject([{ excerpt: expect.stringMatching(/^It has paused itself\. Its settings/) }]);
});

test("is told once of a time that passes while every try to fire it fails", async () => {
	const { due } = await schedules.create({});
	await tellOverdue(database, due + 299_000);
	expect(await inbox()).toEqual([]);
	await tellOverdue(database, due + 301_000);
	await tellOverdue(database, due + 361_000);
	expect(await inbox()).toMatchObject([{ sentence: "Sweep did not start as its schedule says" }]);
});

test("who has switched it off is not told", async () => {
	await setSwitch(publisher(), { kind: "schedule-missed", isShown: false, isMailed: false });
	const { due } = await schedules.create({});
	await fireSchedules(database, () => due + 3.5 * HOUR);
	expect(await inbox()).toEqual([]);
});

test("what came of a trigger is forgotten after 90 days, and its runs are not", async () => {
	const { id, due } = await schedules.create({ overlap: "both" });
	for (const hours of [0, 1]) await fireSchedules(database, () => due + hours * HOUR);
	await database.sql`update deliveries set at = now() - interval '91 days' where due_at = ${new Date(due)}`;
	await forgetDeliveries(database.sql);
	expect(await database.db.select().from(deliveries).where(eq(deliveries.workflowId, id))).toMatchObject([
		{ dueAt: new Date(due + HOUR) },
	]);
	expect(await schedules.runsOf(id)).toHaveLength(2);
});
