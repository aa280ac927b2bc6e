import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { step, testPlan } from "@/server/plan/test-plan";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { changeRole } from "@/server/teams/change-role";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import { revokeInvitation } from "@/server/teams/invitations/revoke-invitation";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { watchMe } from "@/server/teams/watch-me";
import { startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();
let team: TestTeam;
let others: TestTeam;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	team = await createTestTeam(database, "acme");
	others = await createTestTeam(database, "others");
});
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
	await database.sql`delete from notifications`;
});

/** The badge of an operator whose page is open. Nothing is polled: whatever comes was announced. */
async function openPage({ members: { operator } }: TestTeam) {
	const leaving = new AbortController();
	const news = watchMe(operator, { signal: leaving.signal, pollMs: 600_000 });
	const badge = async () => (await news.next()).value?.inbox.unread;
	expect(await badge()).toBe(0);
	return { badge, leave: () => leaving.abort() };
}

const asking = (config: object = {}, rest: object = {}) =>
	testPlan([step("ask", "approval", { message: "Ship it?", ...config })], [], rest);
const target = (runId: string) => ({ team: "acme", runId, nodeId: "ask", iteration: "" });

test.each<[string, ReturnType<typeof asking>, (runId: string) => Promise<void>]>([
	[
		"when somebody else decides",
		asking(),
		(runId) => decideApproval(team.members.editor, { ...target(runId), decision: "declined", values: {} }),
	],
	["when its run is cancelled", asking(), (runId) => cancelRun(team.members.editor, { team: "acme", runId })],
	["when nobody decides in time", asking({ timeoutSeconds: 1 }), async () => {}],
	["when it fails for want of a decision", asking({ timeoutSeconds: 1, onTimeout: "fail" }), async () => {}],
	["when its run takes too long", asking({}, { settings: { timeoutSeconds: 1 } }), async () => {}],
])("an approval leaves the badge of everybody who was asked at once %s", async (_, plan, end) => {
	const page = await openPage(team);
	const runId = await startPlan(database, plan, { teamId: team.id });
	expect(await page.badge()).toBe(1);
	await end(runId);
	expect(await page.badge()).toBe(0);
	await untilRun(database, runId);
	page.leave();
});

test("an approval in one branch leaves the badge when the other branch fails the run", async () => {
	const page = await openPage(team);
	const plan = testPlan(
		[
			step("ask", "approval", { message: "Ship it?" }),
			step("gate", "delay", { seconds: 1 }),
			step("no", "transform", { code: "throw new Error('no')", input: {} }),
		],
		["gate -> no"],
	);
	const runId = await startPlan(database, plan, { teamId: team.id });
	expect(await page.badge()).toBe(1);
	expect(await page.badge()).toBe(0);
	await untilRun(database, runId);
	page.leave();
});

test.each<[string, (id: string) => Promise<unknown>]>([
	["when it is withdrawn", (id) => revokeInvitation(team.members.owner, { team: "acme", id })],
	[
		"when whoever invited may not invite any more",
		() => changeRole(team.members.owner, { team: "acme", userId: team.members.admin.userId, role: "viewer" }),
	],
])("an invitation leaves the badge at once %s", async (_, end) => {
	await changeRole(team.members.owner, { team: "acme", userId: team.members.admin.userId, role: "admin" });
	const page = await openPage(others);
	const { email } = others.members.operator;
	const input = { team: "acme", role: "editor" as const, maxUses: 1, days: 1, email };
	const { id } = await createInvitation(team.members.admin, input);
	expect(await page.badge()).toBe(1);
	await end(id);
	expect(await page.badge()).toBe(0);
	page.leave();
});
