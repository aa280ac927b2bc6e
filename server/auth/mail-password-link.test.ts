import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createMailer, type SendMail } from "@/server/mail/mailer";
import { startTestMailServer, type TestMailServer } from "@/server/mail/test-mail-server";
import { DEMO_EMAIL } from "./demo-user";
import { mailPasswordLink } from "./mail-password-link";
import { findPasswordLink } from "./password-links";
import { countReset } from "./sign-in-limits";

let database: TestDatabase;
let server: TestMailServer;
let send: SendMail;

beforeAll(async () => {
	database = await createTestDatabase();
	server = await startTestMailServer();
	const mailer = createMailer({ SMTP_URL: server.url, MAIL_FROM: "Weft <weft@example.com>" });
	if (!mailer) throw new Error("There is no mailer.");
	send = mailer;
	await database.db.insert(users).values({ email: "ada@example.com" });
});
afterAll(async () => {
	await server.close();
	await database.drop();
});

test("sends a link that works to whoever has the account", async () => {
	await mailPasswordLink(database, "ada@example.com", send);
	const [mail] = server.mails;
	expect(mail).toMatchObject({ from: "weft@example.com", to: ["ada@example.com"] });
	expect(mail?.text).toContain("Subject: Set a new password for Weft");
	const [, token = ""] = /http:\/\/127\.0\.0\.1:3000\/sign-in\/reset\?token=(\S+)/.exec(mail?.text ?? "") ?? [];
	expect(await findPasswordLink(database.db, token)).toEqual({ email: "ada@example.com" });
});

test.each(["nobody@example.com", DEMO_EMAIL])("sends nothing to %s, where nobody has a password", async (email) => {
	const sent = vi.fn();
	await database.db.insert(users).values({ email: DEMO_EMAIL }).onConflictDoNothing();
	await mailPasswordLink(database, email, sent);
	expect(sent).not.toHaveBeenCalled();
});

test("links for one address are limited over several web servers, whether it has an account or not", async () => {
	const other = openDatabase(database.url);
	for (const email of ["ada@example.com", "nobody@example.com"]) {
		const codes: string[] = [];
		for (const [number, { db }] of [database, other, database, other, database, other].entries())
			codes.push(
				await countReset(db, { email, address: `10.0.${number}.1` }).then(
					() => "ok",
					(error) => error.code,
				),
			);
		expect(codes).toEqual(["ok", "ok", "ok", "ok", "ok", "too_many_requests"]);
	}
	await other.close();
});
