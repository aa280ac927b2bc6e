import { afterAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { users } from "@/db/schema/teams";
import { createMailer, type Mail } from "@/server/mail/mailer";
import { startTestMailServer } from "@/server/mail/test-mail-server";
import { setUpTestTeam } from "../set-up-test-team";
import { acceptInvitation } from "./accept-invitation";
import { createInvitation } from "./create-invitation";
import { listInvitations } from "./list-invitations";
import { mailInvitation, mailInvitations } from "./mail-invitations";
import { revokeInvitation } from "./revoke-invitation";

const server = await startTestMailServer();
afterAll(() => server.close());
const mail = { SMTP_URL: server.url, MAIL_FROM: "weft@example.com" };
const { database, team } = await setUpTestTeam({ ...mail, WEFT_SIGN_UP: "open" });
const { admin } = team.members;

const invite = (email: string) => createInvitation(admin, { team: "acme", role: "viewer", maxUses: 1, days: 7, email });

test("where anybody makes an account, only who has shown that their address is theirs has invitations mailed", async () => {
	expect(await invite("one@example.com")).toMatchObject({ mail: "none", token: expect.any(String) });
	expect(server.mails).toEqual([]);
	await database.sql`update users set email_verified = now() where id = ${admin.userId}`;
	expect(await invite("two@example.com")).toMatchObject({ mail: "sent" });
	expect(server.mails).toMatchObject([{ to: ["two@example.com"], text: expect.stringContaining("/join/") }]);
});

test("a mail holds the name of the team on one line, and no header of its making", async () => {
	await database.sql`update users set email_verified = now() where id = ${admin.userId}`;
	await database.sql`update teams set name = ${"Acme\r\nBcc: victim@example.com"} where id = ${team.id}`;
	await invite("three@example.com");
	const sent = server.mails.at(-1);
	expect(sent?.to).toEqual(["three@example.com"]);
	expect(sent?.text).not.toMatch(/^Bcc:/im);
});

/** An account that somebody made with an address, and what its sign-up left open. */
async function signUpAs(email: string) {
	const person = { id: newId(), name: email, email };
	await database.db.insert(users).values(person);
	return { userId: person.id, name: email, email };
}

async function isVerified({ userId }: { userId: string }): Promise<boolean> {
	const [row] = await database.sql`select email_verified is not null as is from users where id = ${userId}`;
	return row?.is;
}

const tokenIn = (text: string | undefined) => /\/join\/([\w-]+)/.exec(text ?? "")?.[1] ?? "";

describe("whoever joins", () => {
	test("by the link in a mail has shown that the address is theirs", async () => {
		await invite("dana@example.com");
		const dana = await signUpAs("dana@example.com");
		await acceptInvitation(database, tokenIn(server.mails.at(-1)?.text), dana);
		expect(await isVerified(dana)).toBe(true);
	});

	test("by the link that the inviter has may have any address", async () => {
		const { token } = await invite("eve@example.com");
		const eve = await signUpAs("eve@example.com");
		await acceptInvitation(database, token, eve);
		expect(await isVerified(eve)).toBe(false);
	});

	test("by a mail to somebody else does not, with whatever account", async () => {
		await invite("fay@example.com");
		const other = await signUpAs("other@example.com");
		await expect(acceptInvitation(database, tokenIn(server.mails.at(-1)?.text), other)).rejects.toThrow(
			"other address",
		);
		expect(await isVerified(other)).toBe(false);
	});
});

describe("an invitation while the mail server is down", () => {
	const down = () => Promise.reject(new Error("connect ECONNREFUSED"));
	const later = () =>
		database.sql`update invitations set mail_at = now() - interval '1 second' where mail_at is not null`;

	/** Makes an invitation whose mail is not sent. */
	async function inviteInVain(email: string) {
		const made = await invite(email);
		await database.sql`update invitations set mail_at = now() where id = ${made.id}`;
		await expect(mailInvitations(database.sql, down)).rejects.toThrow("ECONNREFUSED");
		return made;
	}

	test("is kept, listed as waiting, and mailed as the same mail once it is back; every link in it works", async () => {
		const { id } = await inviteInVain("gil@example.com");
		const listed = async () => (await listInvitations(admin, { team: "acme" })).find((one) => one.id === id);
		expect(await listed()).toMatchObject({ isMailWaiting: true });
		await later();
		const mails: Mail[] = [];
		await mailInvitations(database.sql, async (mail) => void mails.push(mail));
		expect(mails).toMatchObject([{ to: "gil@example.com", id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
		expect(await listed()).toMatchObject({ isMailWaiting: false });
		const gil = await signUpAs("gil@example.com");
		await acceptInvitation(database, tokenIn(server.mails.at(-1)?.text), gil);
		expect(await isVerified(gil)).toBe(true);
		const stored = JSON.stringify(await database.sql`select * from invitations`);
		for (const { text } of [...mails, ...server.mails]) expect(stored).not.toContain(tokenIn(text));
	});

	test("is not mailed once it is revoked, or a day old", async () => {
		const revoked = await inviteInVain("hal@example.com");
		await revokeInvitation(admin, { team: "acme", id: revoked.id });
		const { id } = await inviteInVain("ivy@example.com");
		await database.sql`update invitations set created_at = now() - interval '25 hours' where id = ${id}`;
		await later();
		const send = vi.fn();
		await mailInvitations(database.sql, send);
		expect(send).not.toHaveBeenCalled();
	});

	test("is mailed once by two workers", async () => {
		await inviteInVain("jo@example.com");
		await later();
		const mails: string[] = [];
		const send = async ({ to }: Mail) => void mails.push(to);
		await Promise.all([mailInvitations(database.sql, send), mailInvitations(database.sql, send)]);
		expect(mails).toEqual(["jo@example.com"]);
	});
});

test("whoever invites is told when the mail server does not take the mail", async () => {
	const refusing = { refusals: [{ verb: "RCPT", of: "nobody@example.com", answer: "550 no such mailbox" }] };
	const other = await startTestMailServer(refusing);
	const { id } = await invite("kim@example.com");
	await database.sql`update invitations set mail_at = now(), email = 'nobody@example.com' where id = ${id}`;
	const send = createMailer({ SMTP_URL: other.url, MAIL_FROM: "weft@example.com" });
	expect(send && (await mailInvitation(database.sql, id, send))).toBe("refused");
	await database.sql`update invitations set mail_at = now() where id = ${id}`;
	await other.close();
	expect(send && (await mailInvitation(database.sql, id, send))).toBe("waiting");
});
