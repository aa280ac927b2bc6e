import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findPasswordLink } from "@/server/auth/password-links";
import { beginSession } from "@/server/auth/sessions";

const program = join(import.meta.dirname, "weft.mjs");
let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
	const ada = { id: "ada", email: "ada@example.com", name: "Ada \u001b[31mLovelace" };
	await database.db.insert(users).values(ada);
	await beginSession(database.db, "ada", { address: "10.0.0.1", userAgent: "" });
});
afterAll(() => database.drop());

test("weft admin makes an administrator, lists people, makes a link, verifies an address and signs out", async () => {
	expect(await admin("make-admin", "Ada@Example.com")).toBe("Ada@Example.com administers this instance.\n");
	expect(await admin("list-users")).toMatch(
		/^E-MAIL +NAME +ADMIN +SINCE +SESSIONS +LAST SEEN\nada@example\.com +Ada \?\[31mLovelace +yes +\d{4}-\d\d-\d\d +1 +\d{4}-\d\d-\d\d\n$/,
	);

	const told = await admin("reset-link", "ada@example.com");
	const [, token = ""] = /^https:\/\/weft\.example\.com\/sign-in\/reset\?token=(\S+)$/m.exec(told) ?? [];
	expect(await findPasswordLink(database.db, token)).toEqual({ email: "ada@example.com" });

	expect(await admin("verify-address", "ada@example.com")).toBe("ada@example.com is verified.\n");
	expect(await database.sql`select email from users where email_verified is not null`).toEqual([
		{ email: "ada@example.com" },
	]);

	expect(await admin("sign-out", "ada@example.com")).toBe("ada@example.com is signed out everywhere (1 session).\n");
	expect(await database.sql`select 1 from sessions`).toHaveLength(0);
});

test("weft admin make-admin makes an account where there is none, and a link to get in", async () => {
	const told = await admin("make-admin", "new@example.com");
	const [, token = ""] = /token=(\S+)$/m.exec(told) ?? [];
	expect(told).toContain("new@example.com administers this instance. The account is new:");
	expect(await findPasswordLink(database.db, token)).toEqual({ email: "new@example.com" });
});

test.each([
	[
		["reset-link", "nobody@example.com"],
		"Nobody has an account with the address nobody@example.com. See weft admin list-users.",
	],
	[["sign-out", "nobody"], "“nobody” is not an e-mail address. Enter one such as ada@example.com."],
	[["make-admin"], "Name the address: weft admin make-admin ada@example.com"],
	[["reset-link", "demo@weft.local"], "The demo user has no password."],
	[["toString"], "There is no command admin toString."],
])("weft admin %j says what is wrong", async (args, message) => {
	await expect(admin(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(`weft: ${message}`) });
});

async function admin(...args: string[]): Promise<string> {
	const env = { ...process.env, DATABASE_URL: database.url, AUTH_URL: "https://weft.example.com" };
	const { stdout } = await promisify(execFile)(process.execPath, [program, "admin", ...args], { env });
	return stdout;
}
