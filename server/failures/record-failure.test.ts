import { beforeEach, describe, expect, test } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { setDestination } from "./set-destination";
import { setFailureRule } from "./set-failure-rule";
import { createFailingWorkflow } from "./test-failures";

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");
const { admin, editor } = team.members;
const webhook = { type: "webhook", fields: { url: "https://hooks.example.com/1" } };
let workflow: Awaited<ReturnType<typeof createFailingWorkflow>>;

beforeEach(async () => {
	await database.sql`delete from failure_destinations`;
	workflow = await createFailingWorkflow(database, team.id);
});

/** What is to be told of the workflow: what, of which run, after how many failures. */
async function told() {
	return await database.sql<{ change: string; number: number; failures: number; to: string }[]>`
		select n.change, r.number, (n.data->>'failures')::int as failures, n.destination_id as to from failure_notices n
			join runs r on r.id = n.run_id
		where n.workflow_id = ${workflow.workflowId} order by n.seq`;
}
const changes = async () => (await told()).map(({ change, number }) => `${change} ${number}`);

describe("of a workflow that fails", () => {
	beforeEach(async () => {
		await setDestination(admin, { team: "acme", ...webhook });
	});

	test.each(["complete", "completeAtOnce"] as const)(
		"the first failure is told, and its recovery (%s)",
		async (end) => {
			await workflow.complete();
			await workflow.fail();
			await workflow.fail();
			await workflow.timeOut();
			await workflow[end]();
			await workflow[end]();
			await workflow.timeOut();
			expect(await told()).toMatchObject([
				{ change: "failed", number: 3, failures: 1 },
				{ change: "recovered", number: 6, failures: 3 },
				{ change: "failed", number: 8, failures: 1 },
			]);
		},
	);

	test("tests, tries and what somebody cancels count for nothing", async () => {
		for (const kind of ["draft", "try"] as const) await workflow.failRun(await workflow.begin(kind));
		await workflow.cancel();
		expect(await changes()).toEqual([]);
		await workflow.fail();
		await workflow.cancel();
		await workflow.complete("draft");
		await workflow.completeAtOnce("draft");
		expect(await changes()).toEqual(["failed 5"]);
	});

	test("an end that is recorded twice is told once", async () => {
		const runId = await workflow.begin();
		expect(await Promise.all([workflow.failRun(runId), workflow.failRun(runId)])).toContain(false);
		expect(await changes()).toEqual(["failed 2"]);
	});

	test("of twenty runs that fail at once one is told, and all are counted", async () => {
		const runIds = await Promise.all(Array.from({ length: 20 }, () => workflow.begin()));
		await Promise.all(runIds.map((id) => workflow.failRun(id)));
		expect(await told()).toMatchObject([{ change: "failed", failures: 1 }]);
		await workflow.complete();
		expect((await told()).at(-1)).toMatchObject({ change: "recovered", failures: 20 });
	});

	test("of runs that complete at once one is told as the recovery", async () => {
		await workflow.fail();
		await Promise.all(Array.from({ length: 10 }, (_, index) => workflow[index % 2 ? "complete" : "completeAtOnce"]()));
		expect((await told()).map(({ change }) => change)).toEqual(["failed", "recovered"]);
	});

	test("a destination that comes later hears of it with the next failure, and the others do not again", async () => {
		await workflow.fail();
		const { id } = await setDestination(admin, { team: "acme", ...webhook });
		await workflow.fail();
		expect((await told()).at(-1)).toMatchObject({ change: "failed", failures: 2, to: id });
		expect(await told()).toHaveLength(2);
	});
});

test("a workflow tells whom its team tells, its own destinations too, or nobody", async () => {
	const at = { team: "acme", slug: workflow.slug };
	const { id: ofTeam } = await setDestination(admin, { team: "acme", ...webhook });
	const { id: own } = await setDestination(editor, { ...at, ...webhook });
	const heard: string[][] = [];
	for (const rule of ["team", "also", "nobody"] as const) {
		await setFailureRule(editor, { ...at, rule });
		await database.sql`delete from failure_notices`;
		await workflow.complete();
		await workflow.fail();
		heard.push((await told()).map(({ to }) => to).sort());
	}
	expect(heard).toEqual([[ofTeam], [ofTeam, own].sort(), []]);
});

test("a recovery is told to nobody any more when the workflow tells nobody by then", async () => {
	await setDestination(admin, { team: "acme", ...webhook });
	await workflow.fail();
	await setFailureRule(editor, { team: "acme", slug: workflow.slug, rule: "nobody" });
	await workflow.complete();
	expect(await changes()).toEqual(["failed 2"]);
});

test("neither another team nor another workflow hears of it", async () => {
	const other = await createFailingWorkflow(database, team.id);
	await setDestination(rivals.members.admin, { team: "rivals", ...webhook });
	await setDestination(editor, { team: "acme", slug: other.slug, ...webhook });
	await setFailureRule(editor, { team: "acme", slug: workflow.slug, rule: "also" });
	await workflow.fail();
	expect(await changes()).toEqual([]);
});

test("what a rolled back end would have told is not told", async () => {
	await setDestination(admin, { team: "acme", ...webhook });
	await database.sql`alter table notifications rename to notifications_away`;
	try {
		await expect(workflow.fail()).rejects.toThrow();
	} finally {
		await database.sql`alter table notifications_away rename to notifications`;
	}
	expect(await changes()).toEqual([]);
});
