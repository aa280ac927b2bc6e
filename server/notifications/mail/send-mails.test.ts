import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createMailer, type Mail, type SendMail } from "@/server/mail/mailer";
import { startTestMailServer, type TestMailServer } from "@/server/mail/test-mail-server";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { notify } from "../notify";
import { sendMails } from "./send-mails";

let database: TestDatabase;
let team: TestTeam;
let server: TestMailServer;
let runId: string;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	server = await startTestMailServer();
	runId = (await insertTestRun(database, team.id)).runId;
});
afterAll(async () => {
	await server.close();
	await database.drop();
});
beforeEach(async () => {
	server.mails.length = 0;
	await database.sql`delete from notifications`;
	await database.sql`delete from notification_switches`;
	await database.sql`update users set email_verified = null`;
});

const addressOf = (path: string) => `https://weft.example${path}`;

async function sendAll(send: SendMail, { onlyVerified = false } = {}): Promise<void> {
	await sendMails(database.sql, { send, addressOf, onlyVerified });
}

/** Keeps what is sent. */
function keepMails() {
	const mails: Mail[] = [];
	return { mails, send: async (mail: Mail) => void mails.push(mail) };
}

/** Mentions somebody, so long ago that it is to be mailed. */
async function mention({ userId }: { userId: string }, key: string): Promise<void> {
	const data = { by: "Mara", excerpt: `about ${key}`, commentId: key };
	await notify(database.db, { kind: "mention", teamId: team.id, runId, recipients: [userId], key, data });
	await database.sql`update notifications set mail_at = now() - interval '1 second' where key = ${key}`;
}

/** Has the time go on for all notifications, or those of one key. */
async function pass(hours: number, key: string | null = null): Promise<void> {
	await database.sql`
		update notifications set at = at - make_interval(secs => ${hours * 3600}),
			mail_at = mail_at - make_interval(secs => ${hours * 3600})
		where ${key}::text is null or key = ${key}`;
}

test("a mail names what happened, where, and where to switch it off", async () => {
	const send = createMailer({ SMTP_URL: server.url, MAIL_FROM: "Weft <weft@example.com>" });
	await mention(team.members.editor, "c1");
	await sendAll(send ?? (() => Promise.reject(new Error("There is no mailer."))));
	const [mail] = server.mails;
	expect(mail).toMatchObject({ from: "weft@example.com", to: ["editor@acme.example"] });
	expect(mail?.text).toContain("Subject: Mara mentioned you in run 1 of Tested");
	expect(mail?.text).toContain("> about c1");
	expect(mail?.text).toMatch(/https:\/\/weft\.example\/acme\/workflows\/[^ ]+\/runs\/1#comment-c1/);
	expect(mail?.text).toMatch(/List-Unsubscribe:\s+<https:\/\/weft\.example\/account#notifications>/);
	expect(mail?.text).toContain("Your inbox: https://weft.example/inbox");
	expect(mail?.text).toMatch(/Message-ID: <[0-9a-f]{32}@example\.com>/);
	expect(server.mails).toHaveLength(1);
});

test("what is read, switched off or not allowed any more is not mailed", async () => {
	const { editor, viewer, admin } = team.members;
	for (const [nth, member] of [editor, viewer, admin].entries()) await mention(member, `${nth}`);
	await database.sql`update notifications set read_at = now() where user_id = ${editor.userId}`;
	await database.sql`
		insert into notification_switches (user_id, kind, is_shown, is_mailed) values (${viewer.userId}, 'mention', true, false)`;
	await database.sql`delete from memberships where user_id = ${admin.userId}`;
	const { mails, send } = keepMails();
	await sendAll(send);
	await database.sql`insert into memberships (team_id, user_id, role) values (${team.id}, ${admin.userId}, 'admin')`;
	expect(mails).toEqual([]);
});

test("nothing is mailed before its time, and nothing that happened more than a day ago", async () => {
	const { editor } = team.members;
	await mention(editor, "soon");
	await mention(editor, "late");
	await database.sql`update notifications set mail_at = now() + interval '1 minute' where key = 'soon'`;
	await pass(25, "late");
	const { mails, send } = keepMails();
	await sendAll(send);
	expect(mails).toEqual([]);
});

test("many are one mail, and people get one each", async () => {
	const { editor, owner } = team.members;
	for (const key of ["a", "b", "c"]) await mention(editor, key);
	await mention(owner, "d");
	const { mails, send } = keepMails();
	await sendAll(send);
	await sendAll(send);
	expect(mails.map(({ to, subject }) => [to, subject]).sort()).toEqual([
		["editor@acme.example", "3 notifications on Weft"],
		["owner@acme.example", "Mara mentioned you in run 1 of Tested"],
	]);
});

test("two workers at once send each mail once", async () => {
	const { editor, owner, viewer } = team.members;
	for (const [nth, member] of [editor, owner, viewer, editor].entries()) await mention(member, `${nth}`);
	const { mails, send } = keepMails();
	await Promise.all(Array.from({ length: 6 }, () => sendAll(send)));
	expect(mails.map(({ to }) => to).sort()).toEqual([
		"editor@acme.example",
		"owner@acme.example",
		"viewer@acme.example",
	]);
});

test("a mail whose worker has died is sent again, as the same mail", async () => {
	await mention(team.members.editor, "a");
	const ids: (string | undefined)[] = [];
	const dying = new Promise<void>((resolve) => {
		void sendAll(async ({ id }) => {
			ids.push(id);
			resolve();
			await new Promise(() => {});
		});
	});
	await dying;
	const { mails, send } = keepMails();
	await sendAll(send);
	expect(mails).toEqual([]);
	await database.sql`update notifications set mail_at = now() - interval '1 second'`;
	await sendAll(send);
	expect(mails.map(({ id }) => id)).toEqual(ids);
});

test("a mail server that is down for most of a day loses nothing, and is asked less and less often", async () => {
	const mailServer = await startTestMailServer();
	const send = createMailer({ SMTP_URL: mailServer.url, MAIL_FROM: "weft@example.com" }) ?? (() => Promise.reject());
	const tries = vi.fn(send);
	await mailServer.close();
	await mention(team.members.editor, "a");
	for (let quarters = 0; quarters < 23 * 4; quarters++) {
		await sendAll(tries).catch(() => undefined);
		await pass(0.25);
	}
	expect(tries).toHaveBeenCalledTimes(23 * 4);
	const again = await startTestMailServer({ port: Number(new URL(mailServer.url).port) });
	await sendAll(send);
	await again.close();
	expect(again.mails.map(({ to }) => to)).toEqual([["editor@acme.example"]]);
});

test("a mail server that is down for longer than a day is asked no more; what it was to mail stays unread", async () => {
	await mention(team.members.editor, "a");
	const down = vi.fn(() => Promise.reject(new Error("connect ECONNREFUSED")));
	for (let hours = 0; hours < 30; hours++) {
		await sendAll(down).catch(() => undefined);
		await pass(1);
	}
	expect(down).toHaveBeenCalledTimes(24);
	expect(await database.sql`select mail_at, read_at from notifications`).toMatchObject([
		{ mail_at: null, read_at: null },
	]);
});

test("what is tried again waits twice as long each time, a quarter of an hour at most", async () => {
	await mention(team.members.editor, "a");
	const waits: number[] = [];
	for (let tries = 0; tries < 8; tries++) {
		await sendAll(() => Promise.reject(new Error("connect ECONNREFUSED"))).catch(() => undefined);
		const [row] = await database.sql`select extract(epoch from mail_at - now()) as wait from notifications`;
		waits.push(Math.round(Number(row?.wait) / 15) * 15);
		await pass(0.25);
	}
	expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
});

test.each([
	["an address for good", "RCPT", "550 no such mailbox", 0],
	["an address for now", "RCPT", "451 greylisted", 1],
	["a mail for good", "DATA", "554 no", 0],
])("a mail server that refuses %s holds up nobody else’s mail", async (_, verb, answer, waiting) => {
	const refusing = await startTestMailServer({ refusals: [{ verb, of: "editor@acme.example", answer }] });
	await mention(team.members.editor, "a");
	await mention(team.members.owner, "b");
	const send = createMailer({ SMTP_URL: refusing.url, MAIL_FROM: "weft@example.com" });
	await sendAll(send ?? (() => Promise.reject()));
	await refusing.close();
	expect(refusing.mails.map(({ to }) => to)).toEqual([["owner@acme.example"]]);
	expect(await database.sql`select 1 from notifications where mail_at is not null`).toHaveLength(waiting);
});

test.each([
	["a wrong password", "AUTH", "535 wrong"],
	["a sender that it does not know", "MAIL", "550 who are you"],
	["a server that goes down", "RCPT", "421 going down"],
])("%s loses no mail", async (_, verb, answer) => {
	const refusing = await startTestMailServer({ refusals: [{ verb, answer }] });
	await mention(team.members.editor, "a");
	const url = refusing.url.replace("://", "://weft:secret@");
	const send = createMailer({ SMTP_URL: url, MAIL_FROM: "weft@example.com" });
	await expect(sendAll(send ?? (() => Promise.resolve()))).rejects.toThrow(answer);
	await refusing.close();
	expect(await database.sql`select 1 from notifications where mail_at > now()`).toHaveLength(1);
});

test("nobody gets more than six mails an hour; the rest comes in the next one", async () => {
	const { editor } = team.members;
	const { mails, send } = keepMails();
	for (let nth = 0; nth < 9; nth++) {
		await mention(editor, `${nth}`);
		await sendAll(send);
	}
	expect(mails).toHaveLength(6);
	await database.sql`update notifications set mailed_at = mailed_at - interval '2 hours'`;
	await sendAll(send);
	expect(mails.at(-1)?.subject).toBe("3 notifications on Weft");
});

test("where anybody may make an account, only addresses that were shown to be somebody’s get mail", async () => {
	const { editor, owner } = team.members;
	await database.sql`update users set email_verified = now() where id = ${owner.userId}`;
	await mention(editor, "a");
	await mention(owner, "b");
	const { mails, send } = keepMails();
	await sendAll(send, { onlyVerified: true });
	expect(mails.map(({ to }) => to)).toEqual(["owner@acme.example"]);
});
