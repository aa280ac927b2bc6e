import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getAccount } from "@/server/account/get-account";
import { mailAddressLink } from "@/server/account/mail-address-link";
import { openTestBrowser, setTestCookie } from "@/server/http/test-browser";
import type { Mail } from "@/server/mail/mailer";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { TEST_SECRET } from "@/server/teams/test-team";
import { verifyAddress } from "./address-actions";
import { isAddressToken, makeAddressToken } from "./address-links";
import { beginSession } from "./sessions";

vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);
vi.mock("next/navigation", async (original) => ({
	...(await original<object>()),
	redirect: (path: string) => {
		throw new Error(`redirect to ${path}`);
	},
}));

const { database, team } = await setUpTestTeam();
vi.stubEnv("DATABASE_URL", database.url);
const { editor, operator } = team.members;

beforeEach(async () => {
	await database.sql`update users set email_verified = null`;
	await database.sql`delete from rate_limits`;
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
});

/** What the editor is mailed, and the token in it. */
async function mailLink() {
	const mails: Mail[] = [];
	await mailAddressLink(editor, async (mail) => void mails.push(mail));
	const [mail] = mails;
	const [, token = ""] = /http:\/\/127\.0\.0\.1:3000\/sign-in\/verify\?token=(\S+)/.exec(mail?.text ?? "") ?? [];
	return { to: mail?.to, token: decodeURIComponent(token) };
}

/** Presses the button of a link's page, in a browser where somebody is signed in, or nobody. */
async function press(token: string, person: { userId: string } | null): Promise<string> {
	openTestBrowser({ host: "localhost:3000", "x-weft-client-address": "127.0.0.1" });
	if (person) {
		const origin = { address: "127.0.0.1", userAgent: "", before: undefined };
		setTestCookie("weft.session", (await beginSession(database.db, person.userId, origin)).token);
	}
	const form = new FormData();
	form.set("token", token);
	return await verifyAddress(form).then(String, (error: Error) => error.message);
}

const findVerified = async () =>
	(await database.sql<{ email: string }[]>`select email from users where email_verified is not null`).map(
		({ email }) => email,
	);

describe("a link that verifies an address", () => {
	test("is mailed to that address, and verifies it for whoever is signed in with its account", async () => {
		const { to, token } = await mailLink();
		expect(to).toBe("editor@acme.example");
		expect(await press(token, editor)).toBe(`redirect to /sign-in/verify?token=${encodeURIComponent(token)}`);
		expect(await findVerified()).toEqual(["editor@acme.example"]);
		await expect(mailAddressLink(editor, () => Promise.reject())).rejects.toThrow("Your address is verified already.");
	});

	test("changes nothing for anybody else who has it", async () => {
		const { token } = await mailLink();
		await press(token, operator);
		await press(token, null);
		expect(await findVerified()).toEqual([]);
	});

	test("changes nothing once it has expired, or was tampered with", async () => {
		const { token } = await mailLink();
		const [until = "", signature = ""] = token.split(".");
		const owner = { userId: editor.userId, email: "editor@acme.example" };
		for (const wrong of ["", ".", `zzzzzzzzz.${signature}`, `${until}.`, `${until}.${"a".repeat(43)}`])
			expect(isAddressToken([TEST_SECRET], wrong, owner)).toBe(false);
		expect(isAddressToken([TEST_SECRET], token, { ...owner, email: "other@acme.example" })).toBe(false);
		await press(makeAddressToken([TEST_SECRET], owner, Date.now() - 25 * 3_600_000), editor);
		expect(await findVerified()).toEqual([]);
	});

	test("is mailed five times an hour at most", async () => {
		for (let mail = 0; mail < 5; mail += 1) await mailLink();
		await expect(mailLink()).rejects.toMatchObject({ code: "too_many_requests" });
	});

	test("is not offered where no mail is sent: whoever runs the server verifies addresses there", async () => {
		expect(await getAccount(editor)).toMatchObject({ address: "by administrator" });
		await expect(mailAddressLink(editor)).rejects.toThrow("Ask its administrator to verify your address.");
	});

	test("can be asked for again when the mail server is down", async () => {
		const send = () => Promise.reject(new Error("connection refused"));
		await expect(mailAddressLink(editor, send)).rejects.toMatchObject({ code: "unavailable" });
		expect((await mailLink()).to).toBe("editor@acme.example");
	});
});
