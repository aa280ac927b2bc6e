import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { type NewNotification, notify, notifyIn } from "./notify";

let database: TestDatabase;
let team: TestTeam;
let others: TestTeam;
let runId: string;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	others = await createTestTeam(database, "others");
	runId = (await insertTestRun(database, team.id)).runId;
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.sql`delete from notifications`;
	await database.sql`delete from notification_switches`;
});

function mentionOf(recipients: readonly { userId: string }[], key = "c1"): NewNotification<"mention"> {
	const data = { by: "Mara", excerpt: "Look at this\0\ud800", commentId: key };
	return { kind: "mention", teamId: team.id, runId, recipients: recipients.map(({ userId }) => userId), key, data };
}

function failureOf({ userId }: { userId: string }, excerpt: string): NewNotification<"run-failed"> {
	return { kind: "run-failed", teamId: team.id, runId, recipients: [userId], key: "hour", data: { excerpt } };
}

async function read() {
	return await database.sql<Record<string, unknown>[]>`
		select user_id, kind, key, count, data, read_at, is_shown, mail_at is not null as mails from notifications order by user_id`;
}

/** Both ways to write them do the same. */
describe.each([
	["drizzle", (news: NewNotification<"mention"> | NewNotification<"run-failed">) => notify(database.db, news)],
	["postgres.js", (news: NewNotification<"mention"> | NewNotification<"run-failed">) => notifyIn(database.sql, news)],
])("in a transaction of %s", (_driver, tell) => {
	test("each of the mentioned is told once, however often it is tried", async () => {
		const { editor, viewer } = team.members;
		for (let tries = 0; tries < 3; tries++) await tell(mentionOf([editor, viewer, editor]));
		const rows = await read();
		expect(rows.map(({ user_id }) => user_id)).toEqual([editor.userId, viewer.userId].sort());
		expect(rows[0]).toMatchObject({ kind: "mention", key: "c1", count: 1, is_shown: true, mails: true });
		expect(rows[0]?.data).toMatchObject({ by: "Mara" });
	});

	test("a counted kind is one entry that counts, and is unread again", async () => {
		const { editor } = team.members;
		await tell(failureOf(editor, "first"));
		await database.sql`update notifications set read_at = now()`;
		await tell(failureOf(editor, "second"));
		expect(await read()).toMatchObject([{ count: 2, data: { excerpt: "second" }, read_at: null }]);
	});

	test("an entry in the inbox of whoever has switched its kind off stays as it is", async () => {
		const { editor } = team.members;
		await tell(failureOf(editor, "first"));
		await database.sql`update notifications set read_at = now()`;
		await database.sql`
			insert into notification_switches (user_id, kind, is_shown, is_mailed) values (${editor.userId}, 'run-failed', false, true)`;
		await tell(failureOf(editor, "second"));
		expect(await read()).toMatchObject([{ count: 1, data: { excerpt: "first" }, read_at: expect.any(Date) }]);
	});

	test("nobody outside the team is told, and nobody who does not exist", async () => {
		await tell(mentionOf([others.members.owner, { userId: "nobody" }]));
		await tell(mentionOf([]));
		expect(await read()).toEqual([]);
	});

	test("who has switched a kind off is not told; who wants it by mail alone is", async () => {
		const { editor, viewer } = team.members;
		await database.sql`
			insert into notification_switches (user_id, kind, is_shown, is_mailed)
			values (${editor.userId}, 'mention', false, false), (${viewer.userId}, 'mention', false, true)`;
		await tell(mentionOf([editor, viewer]));
		expect(await read()).toMatchObject([{ user_id: viewer.userId, is_shown: false, mails: true }]);
	});
});

test("what is told of goes back with its transaction", async () => {
	const failed = database.sql.begin(async (tx) => {
		await notifyIn(tx, mentionOf([team.members.editor]));
		throw new Error("The change fails.");
	});
	await expect(failed).rejects.toThrow("The change fails.");
	expect(await read()).toEqual([]);
});

test("a thousand failures at once are one entry that counts a thousand", async () => {
	const { editor } = team.members;
	await Promise.all(Array.from({ length: 1_000 }, (_, nth) => notifyIn(database.sql, failureOf(editor, `${nth}`))));
	expect((await read()).map(({ count }) => count)).toEqual([1_000]);
});

test("people who are told of each other’s changes at the same time do not wait for each other for ever", async () => {
	const { editor, viewer } = team.members;
	const tellBoth = (recipients: readonly { userId: string }[]) =>
		notifyIn(database.sql, { ...failureOf(editor, "x"), recipients: recipients.map(({ userId }) => userId) });
	await Promise.all(Array.from({ length: 50 }, (_, nth) => tellBoth(nth % 2 ? [editor, viewer] : [viewer, editor])));
	expect((await read()).map(({ count }) => count)).toEqual([50, 50]);
});
