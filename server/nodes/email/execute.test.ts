import { eq } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/teams";
import { smtpDefinition } from "@/server/credentials/types/smtp/definition";
import { FatalError, RetryableError } from "@/server/errors";
import { createResolveAllowed } from "@/server/http/resolve-allowed";
import { createSendStepMail } from "@/server/mail/send-step-mail";
import { startTestMailServer } from "@/server/mail/test-mail-server";
import type { Json } from "@/server/plan/values/json";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestContext } from "../test-context";
import { emailDefinition } from "./definition";
import { executeEmail } from "./execute";
import { renderBody } from "./render-body";

const server = await startTestMailServer({
	refusals: [
		{ verb: "RCPT", of: "nobody@example.com", answer: "550 no such user" },
		{ verb: "RCPT", of: "busy@example.com", answer: "451 try later" },
		{ verb: "DATA", of: "huge@example.com", answer: "552 too much" },
		{ verb: "AUTH", answer: "535 no" },
		{ verb: "STAR", answer: "502 not here" },
	],
});
const { database, team } = await setUpTestTeam();
afterAll(() => server.close());
const port = new URL(server.url).port;

function credential(values: Partial<Parameters<typeof smtpDefinition.parts>[0]> = {}): string {
	const parts = smtpDefinition.parts({
		host: "127.0.0.1",
		port,
		security: "none",
		from: "weft@example.com",
		...values,
	});
	return parts[""] ?? "";
}

const env = { SMTP_URL: server.url, MAIL_FROM: "Weft <weft@example.com>" } as const;

type Config = Record<string, Json | undefined>;

async function send(config: Config, { allow = ["127.0.0.1"], attempt = 1, iteration = "", files = {} } = {}) {
	const mail = createSendStepMail(database, { resolve: createResolveAllowed(allow), authorities: undefined }, env);
	const context = createTestContext({
		attempt,
		iteration,
		files,
		mail: (one) => mail({ teamId: team.id }, one, new AbortController().signal),
	});
	const parsed = emailDefinition.config.parse({
		...{ to: "ada@example.com", subject: "Report", body: "**All** is well", server: credential() },
		...config,
	});
	const { output } = await executeEmail(parsed, context).then((result) => {
		if (!("output" in result)) throw new Error("A mail changes no variable.");
		return result;
	});
	return { output, mail: server.mails.at(-1), logs: context.effects.logs };
}

async function refused(config: Config, options = {}) {
	const before = server.mails.length;
	const error = await send(config, options).catch((thrown: unknown) => thrown);
	expect(server.mails).toHaveLength(before);
	if (!(error instanceof FatalError || error instanceof RetryableError)) throw error;
	return error;
}

describe("a mail by a mail server of the team", () => {
	test("has a text, the same as HTML, copies, and hidden ones that no header names", async () => {
		const { mail, output } = await send({
			to: "ada@example.com, bob@example.com; ADA@example.com",
			...{ cc: "cora@example.com", bcc: "dan@example.com", replyTo: "desk@example.com", fromName: "Builds" },
		});
		expect(mail?.to).toEqual(["ADA@example.com", "bob@example.com", "cora@example.com", "dan@example.com"]);
		expect(mail?.from).toBe("weft@example.com");
		expect(mail?.text).toMatch(/^From: Builds <weft@example.com>$/m);
		expect(mail?.text).toMatch(/^Reply-To: desk@example.com$/m);
		expect(mail?.text).toContain("**All** is well");
		expect(mail?.text).toContain("<strong>All</strong> is well");
		expect(mail?.text).not.toContain("dan@");
		expect(output.accepted).toHaveLength(4);
	});

	test("has the same id in every attempt, and one of its own in every iteration", async () => {
		const ids = [
			(await send({}, { attempt: 1 })).output.messageId,
			(await send({}, { attempt: 2 })).output.messageId,
			(await send({}, { iteration: "2/1" })).output.messageId,
		];
		const first = "<weft.run-1.step_under_test@example.com>";
		expect(ids).toEqual([first, first, "<weft.run-1.step_under_test.2-1@example.com>"]);
	});

	test("tells whom the server refused, and fails only when that is everybody", async () => {
		const { output, logs } = await send({ to: "ada@example.com, nobody@example.com" });
		expect(output).toMatchObject({ accepted: ["ada@example.com"], rejected: ["nobody@example.com"] });
		expect(logs[0]).toEqual({ level: "warn", text: "The mail server refused nobody@example.com." });
		expect(await refused({ to: "nobody@example.com" })).toBeInstanceOf(FatalError);
	});

	test.each([
		["what is refused for now may pass", { to: "busy@example.com" }, RetryableError, /refused the mail: .*451/],
		["what is too large stays so", { to: "huge@example.com" }, FatalError, /refused the mail: 552 too much/],
		[
			"so does a wrong password",
			{ server: credential({ user: "ada", password: "s3cr3t-word" }) },
			FatalError,
			/user name or password/,
		],
		["and a server without encryption", { server: credential({ security: "starttls" }) }, FatalError, /no encryption/],
		["a server that is away may come", { server: credential({ port: "1" }) }, RetryableError, /refused the connection/],
		["one that is no credential", { server: "https://example.com" }, FatalError, /not a credential/],
	] as const)("%s", async (_, config, kind, message) => {
		const error = await refused(config);
		expect(error).toBeInstanceOf(kind);
		expect(error.message).toMatch(message);
		expect(error.message).not.toContain("s3cr3t");
	});

	test("never leads to a private address", async () => {
		expect((await refused({}, { allow: [] })).message).toContain("not a public address");
	});

	test("brings files of earlier steps, byte for byte, and no more than mail servers take", async () => {
		const content = "line\r\nanother\n.\n😀\n";
		const files = { a: { name: "logs/a.txt", content }, big: { name: "big.bin", content: "x".repeat(18_000_001) } };
		const { mail } = await send({ files: [{ id: "a" }] }, { files });
		expect(mail?.text).toMatch(/Content-Disposition: attachment; filename=a\.txt/);
		const encoded = mail?.text.replaceAll(/\s/g, "") ?? "";
		expect(encoded).toContain(Buffer.from(content).toString("base64"));
		expect((await refused({ files: [{ id: "big" }] }, { files })).message).toContain("a mail holds 18 MB");
		expect((await refused({ files: [{ id: "none" }] }, { files })).message).toContain("no such file");
	});

	test("is to fifty people at most", async () => {
		const many = Array.from({ length: 51 }, (_, index) => `p${index}@example.com`).join(",");
		expect((await refused({ to: many })).message).toContain("51 addresses");
	});
});

test.each([
	{ subject: "Hello\r\nBcc: eve@example.com" },
	{ fromName: "A\nB" },
	{ to: "ada@example.com\r\nBcc: eve@example.com, x" },
	{ to: "not an address" },
	{ replyTo: "a@example.com, b@example.com" },
])("a field that would make a header of its own is refused: %j", (config) => {
	const base = { to: "ada@example.com", subject: "x", body: "x" };
	expect(emailDefinition.config.safeParse({ ...base, ...config }).success).toBe(false);
});

test("this server's own mail server mails to verified members of the team, and to nobody else", async () => {
	const email = `${team.members.editor.actor.kind === "user" ? team.members.editor.actor.id : ""}@example.com`;
	await database.db
		.update(users)
		.set({ email })
		.where(eq(users.id, email.split("@")[0] ?? ""));
	expect((await refused({ server: undefined, to: email })).message).toContain("not the verified address of a member");
	await database.db.update(users).set({ emailVerified: new Date() }).where(eq(users.email, email));
	expect((await send({ server: undefined, to: email.toUpperCase() })).mail?.to).toEqual([
		expect.stringMatching(new RegExp(`^${email}$`, "i")),
	]);
	expect(await refused({ server: undefined, to: email, bcc: "eve@example.com" })).toBeInstanceOf(FatalError);
});

describe("the HTML of a mail", () => {
	test("shows HTML as it is written, follows no scripts and fetches no pictures", () => {
		const html =
			renderBody("<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://example.com/p.png)") ?? "";
		expect(html).toContain("&lt;img src=x");
		expect(html).not.toMatch(/<img|javascript:/);
	});

	test("has tables, and links of bare addresses", () => {
		const html = renderBody("| a |\n| - |\n| b |\n\nhttps://example.com/x");
		expect(html).toContain("<td>b</td>");
		expect(html).toContain('<a href="https://example.com/x">');
	});

	test.each(["1. ", "> ", "[a](", "*a "])("is left out for a text of nothing but %j", (unit) => {
		expect(renderBody(unit.repeat(20_000))).toBeUndefined();
	});

	test.each([".", "!", ";", "&a;"])("is left out for an address that ends in nothing but %j", (unit) => {
		expect(renderBody(`www.example${unit.repeat(200)}x`)).toBeUndefined();
	});
});
