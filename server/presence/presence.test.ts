import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { beginSession, endSession } from "@/server/auth/sessions";
import { testPlan } from "@/server/plan/test-plan";
import { endAllStreams, MAX_STREAMS, recheckStreams } from "@/server/runs/watch/open-streams";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { leaveWorkflow, visitWorkflow, visitWorkflowInput } from "./visit-workflow";
import { type WorkflowUpdate, watchWorkflow } from "./watch-workflow";

let database: TestDatabase;
let team: TestTeam;
let others: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	others = await createTestTeam(database, "others");
});
afterAll(() => database.drop());

describe("who has a workflow open", () => {
	test("is seen by the others, with what they have selected, until they leave", async () => {
		const slug = await create();
		const [ann, bob] = [tabOf(team.members.editor, slug), tabOf(team.members.viewer, slug)];
		const watch = bob.watch();
		expect((await next(watch)).visitors).toEqual([]);

		await ann.visit(["fetch"]);
		expect((await next(watch)).visitors).toMatchObject([{ name: "acme editor", tab: ann.tab, selected: ["fetch"] }]);

		await ann.visit(["fetch", "send"]);
		expect((await next(watch)).visitors).toMatchObject([{ selected: ["fetch", "send"] }]);

		await ann.leave();
		expect((await next(watch)).visitors).toEqual([]);
		await watch.return();
	});

	test("is not told of their own tab, but of their other ones, in one color", async () => {
		const slug = await create();
		const [one, two] = [tabOf(team.members.editor, slug), tabOf(team.members.editor, slug)];
		const guest = tabOf(team.members.admin, slug);
		for (const tab of [one, two, guest]) await tab.visit([]);
		const watch = one.watch();
		const { visitors } = await next(watch);
		expect(visitors.map(({ tab }) => tab)).toEqual([two.tab, guest.tab]);
		const { visitors: seen } = await next(guest.watch());
		expect(new Set(seen.map(({ color }) => color)).size).toBe(1);
		expect(seen[0]?.color).toBe(visitors[0]?.color);
		expect(visitors[0]?.color).not.toBe(visitors[1]?.color);
		await watch.return();
	});

	test("is forgotten when nothing was heard of them for fifteen seconds", async () => {
		const slug = await create();
		const [ann, bob] = [tabOf(team.members.editor, slug), tabOf(team.members.admin, slug)];
		await ann.visit([]);
		await silence(ann, 14);
		const watch = bob.watch({ pollMs: 20 });
		expect((await next(watch)).visitors).toHaveLength(1);
		await silence(ann, 16);
		expect((await next(watch)).visitors).toEqual([]);

		await ann.visit([]);
		expect((await next(watch)).visitors).toHaveLength(1);
		await watch.return();
	});

	test("leaves no trace after a while", async () => {
		const slug = await create();
		const [gone, here] = [tabOf(team.members.editor, slug), tabOf(team.members.admin, slug)];
		await gone.visit([]);
		await silence(gone, 90);
		await here.visit([]);
		const left = await database.sql<{ tab: string }[]>`
			select tab from workflow_visitors where tab = any(${[gone.tab, here.tab]})`;
		expect(left.map(({ tab }) => tab)).toEqual([here.tab]);
	});

	test("is no more than twenty tabs of one person", async () => {
		const slug = await create();
		for (let opened = 0; opened < 25; opened += 1) await tabOf(team.members.editor, slug).visit([]);
		const watch = tabOf(team.members.admin, slug).watch();
		expect((await next(watch)).visitors).toHaveLength(20);
		await watch.return();
	});

	test("says so for many at once without disturbing each other", async () => {
		const slug = await create();
		const members = Object.values(team.members);
		await Promise.all([...members, ...members].map((member) => tabOf(member, slug).visit(["a"])));
		const watch = tabOf(team.members.owner, slug).watch();
		expect((await next(watch)).visitors).toHaveLength(10);
		await watch.return();
	});

	test("is refused when it is said without end", async () => {
		const slug = await create();
		const tab = tabOf(await addMember("flood"), slug);
		const visits = await Promise.allSettled(Array.from({ length: 120 }, () => tab.visit([])));
		const reasons = visits.flatMap((visit) => (visit.status === "rejected" ? [visit.reason] : []));
		expect(reasons.filter(({ code }) => code === "too_many_requests")).toHaveLength(20);
	});

	test("is nobody’s business outside the team", async () => {
		const slug = await create();
		await tabOf(team.members.editor, slug).visit([]);
		const stranger = tabOf(others.members.owner, slug);
		await expect(stranger.visit([])).rejects.toMatchObject({ code: "not_found" });
		await expect(stranger.leave()).rejects.toMatchObject({ code: "not_found" });
		await expect(stranger.watch().next()).rejects.toMatchObject({ code: "not_found" });
	});

	test("is shown no longer to, nor as, somebody who is taken out of the team", async () => {
		const slug = await create();
		const guest = await addMember("guests");
		const userId = userIdOf(guest);
		const [ann, visitor] = [tabOf(team.members.editor, slug), tabOf(guest, slug)];
		await visitor.visit([]);
		const [seen, theirs] = [ann.watch({ pollMs: 20 }), visitor.watch()];
		expect((await next(seen)).visitors).toHaveLength(1);
		await next(theirs);

		await database.sql`delete from memberships where user_id = ${userId} and team_id = ${team.id}`;
		await recheckStreams();

		expect((await next(seen)).visitors).toEqual([]);
		await expect(theirs.next()).rejects.toMatchObject({ code: "not_found" });
		await seen.return();
	});
});

describe("an open workflow", () => {
	test("hears at once that somebody has saved it", async () => {
		const slug = await create();
		const watch = tabOf(team.members.viewer, slug).watch({ pollMs: 60_000 });
		expect(await next(watch)).toMatchObject({ revision: 1, version: null });
		const plan = testPlan([], [], { settings: { timeoutSeconds: 60 } });
		await saveDraft(team.members.editor, { team: "acme", slug, revision: 1, plan });
		expect(await next(watch)).toMatchObject({ revision: 2, savedBy: { name: "acme editor" } });
		await watch.return();
	});

	test("ends without an error when the watcher leaves", async () => {
		const slug = await create();
		const leaving = new AbortController();
		const watch = tabOf(team.members.viewer, slug).watch({ signal: leaving.signal });
		await next(watch);
		const last = watch.next();
		leaving.abort();
		expect(await last).toEqual({ done: true, value: undefined });
	});

	test("is hidden within seconds from somebody who signs out", async () => {
		const { userId } = team.members.viewer;
		const session = await beginSession(database.db, userId, { address: "10.0.0.1", userAgent: "" });
		const caller = { ...team.members.viewer, session };
		const watch = tabOf(caller, await create()).watch({ pollMs: 60_000 });
		await next(watch);
		const refused = expect(watch.next()).rejects.toMatchObject({ code: "unauthenticated" });
		await endSession(database.db, session.id);
		await recheckStreams();
		await refused;
	});

	test("is not watched without end by one person", async () => {
		const slug = await create();
		const open = Array.from({ length: MAX_STREAMS + 1 }, () =>
			tabOf(team.members.owner, slug).watch({ pollMs: 60_000 }),
		);
		const answers = await Promise.allSettled(open.map((watch) => watch.next()));
		const refused = answers.filter(({ status }) => status === "rejected");
		expect(refused).toMatchObject([{ reason: { code: "too_many_requests" } }]);
		await Promise.all(open.map((watch) => watch.return()));
		const again = tabOf(team.members.owner, slug).watch();
		expect((await again.next()).done).toBe(false);
		await again.return();
	});

	test("is left by a tab that was closed without a word", async () => {
		const slug = await create();
		const watch = tabOf(team.members.viewer, slug).watch({ pollMs: 60_000 });
		await next(watch);
		const leaving = new AbortController();
		const closed = tabOf(team.members.editor, slug);
		await closed.visit([]);
		expect((await next(watch)).visitors).toHaveLength(1);
		const theirs = closed.watch({ signal: leaving.signal });
		await next(theirs);
		leaving.abort();
		await theirs.next();
		expect((await next(watch)).visitors).toEqual([]);
		await watch.return();
	});

	test("is left when it was removed", async () => {
		const slug = await create();
		const watch = tabOf(team.members.viewer, slug).watch({ pollMs: 20 });
		await next(watch);
		await database.sql`delete from workflows where slug = ${slug}`;
		await expect(watch.next()).rejects.toMatchObject({ code: "not_found" });
	});
});

test("what is said of a visit is checked", () => {
	const visit = { team: "acme", slug: "a", tab: crypto.randomUUID() };
	expect(visitWorkflowInput.safeParse(visit).data).toMatchObject({ selected: [] });
	for (const wrong of [{ tab: "me" }, { selected: "a" }, { selected: ["A b"] }, { selected: Array(51).fill("a") }]) {
		expect(visitWorkflowInput.safeParse({ ...visit, ...wrong }).success).toBe(false);
	}
});

/** The last test: a server that shuts down accepts no watchers any more. */
test("a watcher is told to come back when the server shuts down", async () => {
	const slug = await create();
	const watch = tabOf(team.members.viewer, slug).watch();
	await next(watch);
	const last = watch.next();
	endAllStreams();
	await expect(last).rejects.toMatchObject({ code: "unavailable" });
});

/** Somebody of another team who is let into this one. */
async function addMember(from: string): Promise<Caller> {
	const { viewer } = (await createTestTeam(database, from)).members;
	await database.db.insert(memberships).values({ teamId: team.id, userId: userIdOf(viewer), role: "viewer" });
	return viewer;
}

function userIdOf({ actor }: Caller): string {
	return actor.kind === "user" ? actor.id : "";
}

async function create(): Promise<string> {
	return (await createBlankWorkflow(team.members.editor, { team: "acme", name: "Open" })).slug;
}

/** Somebody's browser tab with a workflow in it. */
function tabOf(caller: Caller, slug: string) {
	const tab = crypto.randomUUID();
	const place = { team: "acme", slug, tab };
	const live = { signal: new AbortController().signal };
	return {
		tab,
		visit: (selected: string[]) => visitWorkflow(caller, { ...place, selected }),
		leave: () => leaveWorkflow(caller, place),
		watch: (options: Partial<Parameters<typeof watchWorkflow>[2]> = {}) =>
			watchWorkflow(caller, place, { ...live, ...options }),
	};
}

async function next(watch: AsyncGenerator<WorkflowUpdate, void>): Promise<WorkflowUpdate> {
	const { value } = await watch.next();
	if (!value) throw new Error("The stream has ended.");
	return value;
}

/** As if a tab had not been heard of for so many seconds. */
async function silence({ tab }: { tab: string }, seconds: number): Promise<void> {
	await database.sql`
		update workflow_visitors set seen_at = now() - make_interval(secs => ${seconds}) where tab = ${tab}`;
}
