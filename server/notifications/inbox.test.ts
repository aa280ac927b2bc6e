import { beforeEach, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { testPlan } from "@/server/plan/test-plan";
import { forgetNotifications } from "@/server/runs/chores/forget-notifications";
import { appendEvents } from "@/server/runs/store/append-events";
import { endRun } from "@/server/runs/store/end-run";
import { insertTestRun } from "@/server/runs/test-run";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { changeRole } from "@/server/teams/change-role";
import { acceptInvitation } from "@/server/teams/invitations/accept-invitation";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import { readInvitation } from "@/server/teams/invitations/read-invitation";
import { revokeInvitation } from "@/server/teams/invitations/revoke-invitation";
import { removeMember } from "@/server/teams/remove-member";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam, joinTestTeam, type TestTeam } from "@/server/teams/test-team";
import { watchMe } from "@/server/teams/watch-me";
import { countUnread } from "./count-unread";
import { listInbox, listInboxInput } from "./list-inbox";
import { markAllRead, markRead } from "./mark-read";
import { notify } from "./notify";
import { notifyApprovers } from "./notify-approvers";
import { notifyRunFailed } from "./notify-run-failed";
import { listSwitches, setSwitch } from "./switches";

type Member = TestTeam["members"]["owner"];

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");
beforeEach(async () => {
	await database.sql`delete from notifications`;
	await database.sql`delete from notification_switches`;
	await database.sql`delete from rate_limits`;
});

const plan = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }]);
const list = async (member: Member, asked: object = {}) => await listInbox(member, listInboxInput.parse(asked));
const unreadOf = async (member: Member) => (await countUnread(member)).unread;

async function mention({ userId }: Member, key: string) {
	const { runId } = await insertTestRun(database, team.id);
	const data = { by: "Mara", excerpt: key, commentId: key };
	await notify(database.db, { kind: "mention", teamId: team.id, runId, recipients: [userId], key, data });
}

/** A run that waits for a decision, as the engine would have left it. */
async function ask(approvers: string[] = []) {
	const { runId } = await insertTestRun(database, team.id, { plan });
	const step = { runId, nodeId: "ask", iteration: "" };
	const question = { for: "approval" as const, message: "Ship it?", fields: [], approvers };
	await database.sql`insert into run_steps (run_id, node_id, status) values (${runId}, 'ask', 'waiting')`;
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data: question }]);
	await notifyApprovers(database.sql, step, question);
	return { team: "acme", ...step };
}

test("the newest come first, a page at a time, and none twice", async () => {
	const { editor } = team.members;
	for (const key of ["a", "b", "c", "d", "e"]) await mention(editor, key);
	const first = await list(editor, { limit: 2 });
	const second = await list(editor, { limit: 2, before: first.next });
	const last = await list(editor, { limit: 2, before: second.next });
	const excerpts = [first, second, last].map(({ items }) => items.map(({ excerpt }) => excerpt));
	expect(excerpts).toEqual([["e", "d"], ["c", "b"], ["a"]]);
	expect(last.next).toBeUndefined();
});

test("those of one moment stand in one order, over pages too", async () => {
	const { editor } = team.members;
	for (const key of ["a", "b", "c"]) await mention(editor, key);
	await database.sql`update notifications set at = now()`;
	const whole = (await list(editor)).items.map(({ id }) => id);
	const first = await list(editor, { limit: 1 });
	const rest = await list(editor, { before: first.next });
	expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(whole);
	expect(new Set(whole).size).toBe(3);
});

test("reading one leaves the others unread, and it can be made unread again", async () => {
	const { editor } = team.members;
	await mention(editor, "a");
	await mention(editor, "b");
	const [newest] = (await list(editor)).items;
	const id = newest?.id ?? "";
	await markRead(editor, { id, isRead: true });
	expect((await list(editor)).items.map(({ isUnread }) => isUnread)).toEqual([false, true]);
	expect((await list(editor, { unreadOnly: true })).items.map(({ excerpt }) => excerpt)).toEqual(["a"]);
	await markRead(editor, { id, isRead: false });
	expect(await unreadOf(editor)).toBe(2);
});

test("nobody reads or marks what others were told", async () => {
	const { editor, owner } = team.members;
	await mention(editor, "a");
	const [item] = (await list(editor)).items;
	for (const other of [owner, rivals.members.owner]) {
		expect((await list(other)).items).toEqual([]);
		await expect(markRead(other, { id: item?.id ?? "", isRead: true })).rejects.toMatchObject({ code: "not_found" });
	}
	await markAllRead(owner, { upTo: item?.cursor ?? "" });
	expect(await unreadOf(editor)).toBe(1);
});

test("all are marked that were seen, not one that came since", async () => {
	const { editor } = team.members;
	await mention(editor, "a");
	await mention(editor, "b");
	const [newest] = (await list(editor)).items;
	await mention(editor, "c");
	await markAllRead(editor, { upTo: newest?.cursor ?? "" });
	expect((await list(editor, { unreadOnly: true })).items.map(({ excerpt }) => excerpt)).toEqual(["c"]);
});

test("those of one kind are marked without the others", async () => {
	const { editor } = team.members;
	await ask();
	await mention(editor, "a");
	const [newest] = (await list(editor)).items;
	await markAllRead(editor, { upTo: newest?.cursor ?? "", kind: "mention" });
	expect((await list(editor, { unreadOnly: true })).items.map(({ kind }) => kind)).toEqual(["approval"]);
});

test("an approval is told to those who may decide it, and settled for all of them by a decision", async () => {
	const { owner, admin, editor, operator, viewer } = team.members;
	const step = await ask();
	const people = [owner, admin, editor, operator, viewer];
	expect(await Promise.all(people.map(unreadOf))).toEqual([1, 1, 1, 1, 0]);
	await decideApproval(operator, { ...step, decision: "approved", values: {} });
	expect(await Promise.all(people.map(unreadOf))).toEqual([0, 0, 0, 0, 0]);
	expect((await list(owner)).items).toMatchObject([{ settled: "No longer waiting", isUnread: false }]);
});

test("an approval for named people and roles is told to them alone", async () => {
	const { owner, admin, editor, operator } = team.members;
	await ask(["admin", "OPERATOR@acme.example"]);
	expect(await Promise.all([owner, admin, editor, operator].map(unreadOf))).toEqual([1, 1, 0, 1]);
});

test("an approval whose run is cancelled asks for nothing any more", async () => {
	const { owner } = team.members;
	const { runId } = await ask();
	await endRun(database.sql, runId, { end: { status: "cancelled", actor: owner.actor } });
	expect(await unreadOf(owner)).toBe(0);
});

test("a failed run is told to who started it; one that started by itself, to who published last", async () => {
	const { editor, operator } = team.members;
	const byHand = await insertTestRun(database, team.id);
	await database.sql`update runs set actor = ${database.sql.json({ ...operator.actor })} where id = ${byHand.runId}`;
	await notifyRunFailed(database.sql, { runId: byHand.runId, message: "no such file\nat line 3" });
	expect((await list(operator)).items).toMatchObject([
		{ sentence: "Run 1 of Tested failed", excerpt: "no such file at line 3" },
	]);
	const { runId, workflowId } = await insertTestRun(database, team.id);
	await database.sql`
		insert into workflow_versions (team_id, workflow_id, version, plan_hash, published_by)
		select team_id, ${workflowId}, 1, plan_hash, ${editor.userId} from runs where id = ${runId}`;
	await endRun(database.sql, runId, { end: { status: "timed_out", limitSeconds: 1 } });
	expect((await list(editor)).items).toMatchObject([{ excerpt: "It took too long." }]);
});

test("runs that end well, tests and tries tell nobody", async () => {
	const { operator } = team.members;
	for (const kind of ["draft", "try"]) {
		const { runId } = await insertTestRun(database, team.id);
		await database.sql`
			update runs set kind = ${kind}, actor = ${database.sql.json({ ...operator.actor })} where id = ${runId}`;
		await endRun(database.sql, runId, { end: { status: "failed", error: { message: "no" } } });
	}
	const { runId } = await insertTestRun(database, team.id);
	await database.sql`update runs set actor = ${database.sql.json({ ...operator.actor })} where id = ${runId}`;
	await endRun(database.sql, runId, { end: { status: "completed" } });
	expect((await list(operator)).items).toEqual([]);
});

test("who leaves the team, or loses the role, sees nothing of it any more", async () => {
	const leaving = await joinTestTeam(database, team, { name: newId(), role: "operator" });
	await mention(leaving, "a");
	await ask();
	expect(await unreadOf(leaving)).toBe(2);
	await changeRole(team.members.owner, { team: "acme", userId: leaving.userId, role: "viewer" });
	expect((await list(leaving)).items.map(({ kind }) => kind)).toEqual(["mention"]);
	await removeMember(team.members.owner, { team: "acme", userId: leaving.userId });
	expect([(await list(leaving)).items, await unreadOf(leaving)]).toEqual([[], 0]);
});

test("an invitation is told to the account with its address, of another team, until it is revoked", async () => {
	const invited = rivals.members.viewer;
	const email = invited.email.toUpperCase().toLowerCase();
	const { id } = await createInvitation(team.members.owner, {
		team: "acme",
		role: "editor",
		email,
		maxUses: 1,
		days: 1,
	});
	expect((await list(invited)).items).toMatchObject([
		{ sentence: "acme owner invites you to the team Team acme as editor", path: null, isUnread: true },
	]);
	await revokeInvitation(team.members.owner, { team: "acme", id });
	expect((await list(invited)).items).toMatchObject([{ settled: "Used, revoked or expired", isUnread: false }]);
});

test("whose address is verified joins from the inbox; the invitation’s id opens nothing to anybody else", async () => {
	const { editor, operator } = rivals.members;
	const { email } = editor;
	const { id } = await createInvitation(team.members.owner, {
		team: "acme",
		role: "viewer",
		email,
		maxUses: 1,
		days: 1,
	});
	const statusFor = async (member: Member | null) => (await readInvitation(database.db, id, member)).status;
	expect(await Promise.all([editor, operator, null].map(statusFor))).toEqual(["unknown", "unknown", "unknown"]);
	await database.sql`update users set email_verified = now() where id in (${editor.userId}, ${operator.userId})`;
	expect(await Promise.all([editor, operator, null].map(statusFor))).toEqual(["open", "unknown", "unknown"]);
	expect((await list(editor)).items).toMatchObject([{ path: `/join/${id}`, isUnread: true }]);
	await acceptInvitation(database, id, { ...editor, name: "Ed" });
	expect(await unreadOf(editor)).toBe(0);
});

test("open pages hear at once of what comes, is read and is settled", async () => {
	const { editor } = team.members;
	const leaving = new AbortController();
	const watch = watchMe(editor, { signal: leaving.signal, pollMs: 60_000 });
	const next = async () => (await watch.next()).value?.inbox.unread;
	expect(await next()).toBe(0);
	await mention(editor, "a");
	expect(await next()).toBe(1);
	const [item] = (await list(editor)).items;
	await markRead(editor, { id: item?.id ?? "", isRead: true });
	expect(await next()).toBe(0);
	leaving.abort();
	await watch.next();
});

test("a kind that is switched off tells nothing from then on", async () => {
	const { editor } = team.members;
	await setSwitch(editor, { kind: "mention", isShown: false, isMailed: false });
	await mention(editor, "a");
	expect((await list(editor)).items).toEqual([]);
	const { kinds } = await listSwitches(editor);
	expect(kinds.find(({ kind }) => kind === "mention")).toMatchObject({ isShown: false, isMailed: false });
	expect(kinds.find(({ kind }) => kind === "approval")).toMatchObject({ isShown: true, isMailed: true });
});

test("only who administers the instance is offered what administrators alone are told of", async () => {
	const { editor } = team.members;
	const offered = async () => (await listSwitches(editor)).kinds.map(({ kind }) => kind);
	expect(await offered()).not.toContain("template-review");
	await database.sql`update users set is_administrator = true where id = ${editor.userId}`;
	expect(await offered()).toContain("template-review");
	await database.sql`update users set is_administrator = false where id = ${editor.userId}`;
});

test("five hundred are kept of each person, and none for more than ninety days", async () => {
	const { editor, owner } = team.members;
	await database.sql`
		insert into notifications (id, user_id, team_id, kind, key, data, at)
		select ${"e"} || n, ${editor.userId}, ${team.id}, 'mention', n, '{}'::jsonb, now() - n * interval '1 minute'
		from generate_series(1, 600) n
		union all select ${"o"} || n, ${owner.userId}, ${team.id}, 'mention', n, '{}'::jsonb, now() - n * interval '60 days'
		from generate_series(1, 2) n`;
	await forgetNotifications(database.sql);
	const kept = await database.sql`
		select user_id, count(*)::int, max(key::int) as oldest from notifications group by user_id order by count desc`;
	expect(kept.map(({ count, oldest }) => [count, oldest])).toEqual([
		[500, 500],
		[1, 1],
	]);
});

test("what a later version has written is left out", async () => {
	const { editor } = team.members;
	await mention(editor, "a");
	await database.sql`
		insert into notifications (id, user_id, team_id, kind, key, data)
		values ('new', ${editor.userId}, ${team.id}, 'of-tomorrow', 'k', '{}'::jsonb)`;
	expect((await list(editor)).items.map(({ excerpt }) => excerpt)).toEqual(["a"]);
});
