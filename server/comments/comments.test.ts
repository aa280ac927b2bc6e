import { expect, test } from "vitest";
import { setCredential } from "@/server/credentials/set-credential";
import { testPlan } from "@/server/plan/test-plan";
import { REDACTED } from "@/server/plan/values/redacted";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { recheckStreams } from "@/server/runs/watch/open-streams";
import type { Caller } from "@/server/teams/caller";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam, joinTestTeam } from "@/server/teams/test-team";
import { addComment } from "./add-comment";
import { editComment, removeComment } from "./change-comment";
import { listComments } from "./list-comments";
import { lookUpMentions } from "./look-up-mentions";
import { resolveThread } from "./resolve-thread";
import { type CommentThread, watchComments } from "./watch-comments";

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");

test("an open page hears at once what is said, changed, resolved and deleted", async () => {
	const { viewer, editor } = team.members;
	const run = await makeRun();
	const ask = { ...run, nodeId: "ask" };
	const watch = watchComments(editor, run, { signal: AbortSignal.timeout(20_000), pollMs: 60_000 });
	expect(await next(watch)).toEqual([]);
	const { id } = await addComment(viewer, { ...ask, text: "Why twice?" });
	expect(await next(watch)).toMatchObject([{ nodeId: "ask", count: 1, isResolved: false }]);
	expect(await read(editor, ask)).toMatchObject([
		{ id, author: "acme viewer", text: "Why twice?", canEdit: false, canRemove: false, editable: null },
	]);
	await editComment(viewer, { ...run, id, text: "Why three times?", revision: 1 });
	await next(watch);
	expect(await read(editor, ask)).toMatchObject([{ text: "Why three times?", editedAt: expect.any(Date) }]);
	await resolveThread(editor, { ...ask, resolved: true });
	expect(await next(watch)).toMatchObject([{ isResolved: true }]);
	await resolveThread(editor, { ...ask, resolved: false });
	expect(await next(watch)).toMatchObject([{ isResolved: false }]);
	await removeComment(viewer, { ...run, id });
	expect(await next(watch)).toEqual([]);
	await watch.return();
});

test("a settled discussion is open again once more is said", async () => {
	const run = await makeRun();
	const ask = { ...run, nodeId: "ask" };
	await expect(resolveThread(team.members.viewer, { ...ask, resolved: true })).rejects.toMatchObject({
		code: "not_found",
	});
	await addComment(team.members.viewer, { ...ask, text: "One" });
	await resolveThread(team.members.viewer, { ...ask, resolved: true });
	await addComment(team.members.viewer, { ...run, nodeId: null, text: "Elsewhere" });
	expect(await threads(run)).toMatchObject([
		{ nodeId: null, isResolved: false },
		{ nodeId: "ask", isResolved: true },
	]);
	await addComment(team.members.editor, { ...ask, text: "Two" });
	expect(await threads(run)).toMatchObject([{ isResolved: false }, { isResolved: false, count: 2 }]);
});

test("nobody changes another's words, and an admin alone deletes them", async () => {
	const run = await makeRun();
	const { id } = await addComment(team.members.viewer, { ...run, nodeId: null, text: "Mine" });
	const changed = { ...run, id, text: "Yours", revision: 1 };
	await expect(editComment(team.members.owner, changed)).rejects.toMatchObject({ code: "forbidden" });
	await expect(removeComment(team.members.editor, { ...run, id })).rejects.toMatchObject({ code: "forbidden" });
	await removeComment(team.members.admin, { ...run, id });
	await expect(removeComment(team.members.admin, { ...run, id })).rejects.toMatchObject({ code: "not_found" });
});

test("of two changes to the same words the second is told of the first", async () => {
	const run = await makeRun();
	const { viewer } = team.members;
	const { id } = await addComment(viewer, { ...run, nodeId: null, text: "One" });
	const both = await Promise.allSettled(
		["Two", "Three"].map((text) => editComment(viewer, { ...run, id, text, revision: 1 })),
	);
	expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
	expect(refused).toEqual(["conflict"]);
});

test("a comment of another team, or of another run, is as unknown as one that never was", async () => {
	const [run, other] = [await makeRun(), await makeRun()];
	const { id } = await addComment(team.members.viewer, { ...run, nodeId: null, text: "Here" });
	const foreign = { ...run, team: "rivals", id };
	await expect(removeComment(rivals.members.owner, foreign)).rejects.toMatchObject({ code: "not_found" });
	await expect(removeComment(team.members.owner, { ...other, id })).rejects.toMatchObject({ code: "not_found" });
	const nowhere = { ...run, nodeId: "nowhere", text: "Here" };
	await expect(addComment(team.members.owner, nowhere)).rejects.toMatchObject({ code: "not_found" });
});

test("a thousand comments are read page by page, each once and in their order", async () => {
	const run = await makeRun();
	await database.sql`
		insert into run_comments (id, team_id, run_id, author, text, mentions)
		select ${run.runId} || n, ${team.id}, ${run.runId}, '{"kind":"user","id":"a","name":"Ann"}'::jsonb, n::text, '[]'
		from generate_series(1, 999) n`;
	const said = await Promise.allSettled(
		[team.members.owner, team.members.admin].map((by) => addComment(by, { ...run, nodeId: null, text: "1000" })),
	);
	expect(said.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	const texts: string[] = [];
	for (let before: number | undefined, first = true; first || before !== undefined; first = false) {
		const page = await listComments(team.members.viewer, { ...run, nodeId: null, limit: 20, before });
		texts.unshift(...page.items.map(({ text }) => text));
		before = page.next;
	}
	expect(texts).toEqual(Array.from({ length: 1_000 }, (_, at) => `${at + 1}`));
});

test("a flood of comments is refused", async () => {
	const run = await makeRun();
	const by = await join("flood");
	const said = await Promise.allSettled(
		Array.from({ length: 25 }, () => addComment(by, { ...run, nodeId: null, text: "Again" })),
	);
	const reasons = said.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
	expect(reasons).toEqual(Array(5).fill("too_many_requests"));
});

test("who is taken out of the team sees no further comment", async () => {
	const run = await makeRun();
	const guest = await join("guest");
	const watch = watchComments(guest, run, { signal: AbortSignal.timeout(20_000), pollMs: 60_000 });
	await next(watch);
	await database.sql`delete from memberships where user_id = ${guest.actor.id} and team_id = ${team.id}`;
	await recheckStreams();
	await expect(watch.next()).rejects.toMatchObject({ code: "not_found" });
});

test("a mention follows its person through a new name, and is their name alone once they have left", async () => {
	const run = { ...(await makeRun()), nodeId: null };
	const { editor } = team.members;
	const kim = await join("kim");
	await addComment(editor, { ...run, text: "@acme kim and @rivals owner, look" });
	await database.sql`update users set name = 'Kim Lee' where id = ${kim.actor.id}`;
	expect(await read(editor, run)).toMatchObject([
		{
			text: `<@${kim.actor.id}> and @rivals owner, look`,
			mentions: [{ id: kim.actor.id, name: "Kim Lee", isMember: true }],
			editable: "@Kim Lee and @rivals owner, look",
		},
	]);
	await database.sql`delete from memberships where user_id = ${kim.actor.id}`;
	expect(await read(editor, run)).toMatchObject([
		{ mentions: [{ name: "acme kim", isMember: false }], editable: "acme kim and @rivals owner, look" },
	]);
});

test("people are told once that they are mentioned, when a comment is changed those who are new, and nobody of themselves", async () => {
	const run = { ...(await makeRun()), nodeId: null };
	const { editor, admin, owner } = team.members;
	const { id } = await addComment(editor, { ...run, text: "@acme admin @acme editor" });
	expect(await told(run.runId)).toEqual([admin.userId]);
	await editComment(editor, { ...run, id, text: "@acme admin @acme owner", revision: 1 });
	expect((await told(run.runId)).sort()).toEqual([admin.userId, owner.userId].sort());
});

test("a comment that mentions too many people is refused whole", async () => {
	const run = { ...(await makeRun()), nodeId: null };
	const names = Array.from({ length: 11 }, (_, at) => `m${at}`);
	for (const name of names) await join(name);
	const text = names.map((name) => `@acme ${name}`).join(" ");
	await expect(addComment(team.members.editor, { ...run, text })).rejects.toMatchObject({ code: "invalid" });
	expect(await read(team.members.editor, run)).toEqual([]);
});

test("the value of a credential is not stored with a comment that holds it", async () => {
	const run = { ...(await makeRun()), nodeId: null };
	const credential = { team: "acme", name: "TOKEN", type: "token" as const, personal: false };
	await setCredential(team.members.admin, { ...credential, values: { token: "planted-in-comment" } });
	await addComment(team.members.editor, { ...run, text: "It is planted-in-comment, I think" });
	expect(await read(team.members.editor, run)).toMatchObject([{ text: `It is ${REDACTED}, I think` }]);
});

test("what a step says is in the discussion with its record, and tells each person once a run", async () => {
	const run = await makeRun();
	const ask = { ...run, nodeId: "ask" };
	const event = { type: "step.comment" as const, nodeId: "ask", data: { text: "@acme owner, done" } };
	await addComment(team.members.editor, { ...ask, text: "Before" });
	await resolveThread(team.members.editor, { ...ask, resolved: true });
	await appendEvents(database.sql, run.runId, [event, event]);
	expect(await threads(run)).toMatchObject([{ nodeId: "ask", count: 3, isResolved: false }]);
	await Promise.all([lookUpMentions(database.sql), lookUpMentions(database.sql)]);
	const { userId } = team.members.owner;
	expect(await read(team.members.editor, ask)).toMatchObject([
		{ text: "Before" },
		{ author: null, text: `<@${userId}>, done`, mentions: [{ id: userId }], canEdit: false },
		{ author: null, text: `<@${userId}>, done` },
	]);
	expect(await told(run.runId)).toEqual([userId]);
});

test("a step that mentions everybody mentions the first ten", async () => {
	const run = await makeRun();
	const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
	for (const name of names) await join(name);
	const text = names.map((name) => `@acme ${name}.`).join(" ");
	await appendEvents(database.sql, run.runId, [{ type: "step.comment", nodeId: "ask", data: { text } }]);
	await lookUpMentions(database.sql);
	expect(await told(run.runId)).toHaveLength(10);
});

async function makeRun(): Promise<{ team: string; runId: string }> {
	const plan = testPlan([{ id: "ask", type: "comment", name: "Ask", config: { text: "a" } }]);
	const { runId } = await insertTestRun(database, team.id, { plan });
	return { team: "acme", runId };
}

async function join(name: string) {
	const { actor } = await joinTestTeam(database, team, { name, role: "viewer" });
	return { database, actor } satisfies Caller;
}

async function read(by: Caller, thread: { team: string; runId: string; nodeId: string | null }) {
	return (await listComments(by, { ...thread, limit: 20 })).items;
}

async function threads(run: { team: string; runId: string }): Promise<CommentThread[]> {
	return await next(watchComments(team.members.viewer, run, { signal: AbortSignal.timeout(20_000) }));
}

async function told(runId: string): Promise<string[]> {
	const rows = await database.sql<{ userId: string }[]>`
		select user_id as "userId" from notifications where run_id = ${runId} and kind = 'mention' order by id`;
	return rows.map(({ userId }) => userId);
}

async function next(watch: AsyncGenerator<CommentThread[], void>): Promise<CommentThread[]> {
	const { value } = await watch.next();
	if (!value) throw new Error("The stream has ended.");
	return value;
}
