import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { SignUpPolicy } from "@/server/env";
import { TEST_SECRET } from "@/server/teams/test-team";
import { seedDemo } from "@/server/workflows/seed-demo";
import { signUp } from "./sign-up";
import { offerSignUp } from "./sign-up-policy";

let database: TestDatabase;

beforeEach(async () => {
	database = await createTestDatabase();
});
afterEach(() => database.drop());

describe("the first account", () => {
	test("makes its owner the administrator, though the demo user was there before, and no later one does", async () => {
		await seedDemo(database, TEST_SECRET);
		expect(await offerSignUp(database.db, "open")).toBe("first");
		await makeAccount("ada@example.com", "open");
		await makeAccount("bea@example.com", "open");
		expect(await offerSignUp(database.db, "open")).toBe("open");
		expect(await administrators()).toEqual(["ada@example.com"]);
	});

	test("is one, however many people make theirs at once", async () => {
		const people = ["a", "b", "c", "d"].map((name) => `${name}@example.com`);
		await Promise.all(people.map((email) => makeAccount(email, "open")));
		expect(await administrators()).toHaveLength(1);
	});

	test("is one by invitation, too: whoever else wanted to be first needs one", async () => {
		const people = ["a", "b", "c", "d"].map((name) => `${name}@example.com`);
		const made = await Promise.allSettled(people.map((email) => makeAccount(email, "invited")));
		expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		expect(await administrators()).toHaveLength(1);
	});
});

describe("afterwards", () => {
	beforeEach(() => makeAccount("first@example.com", "open"));

	test("accounts by invitation are refused without one, and made with it", async () => {
		await expect(makeAccount("bea@example.com", "invited")).rejects.toThrow(
			"Accounts on this server are made by invitation. Ask an admin of the team you want to join for one.",
		);
		await makeAccount("bea@example.com", "invited", true);
		expect(await administrators()).toEqual(["first@example.com"]);
	});

	test("an instance that is closed makes no account, not even for an invitation", async () => {
		await expect(makeAccount("bea@example.com", "closed", true)).rejects.toMatchObject({ code: "forbidden" });
	});

	test("a refusal does not tell who has an account", async () => {
		await expect(makeAccount("first@example.com", "invited")).rejects.toThrow("made by invitation");
	});
});

test("an instance that is closed from the beginning lets nobody be the first", async () => {
	expect(await offerSignUp(database.db, "closed")).toBe("closed");
	await expect(makeAccount("ada@example.com", "closed")).rejects.toMatchObject({ code: "forbidden" });
});

test("the limit on new accounts holds over several web servers", async () => {
	const other = openDatabase(database.url);
	const tries = Array.from({ length: 24 }, (_, number) => (number % 2 === 0 ? database : other));
	const origin = { address: "10.0.0.9", secret: TEST_SECRET, policy: "closed" as const, isInvited: false };
	const codes: string[] = [];
	for (const [number, server] of tries.entries()) {
		const account = { name: "A", email: `${number}@example.com`, password: "a long password" };
		codes.push(await signUp(server, account, origin).catch((error) => error.code));
	}
	await other.close();
	expect(codes).toEqual([...Array(20).fill("forbidden"), ...Array(4).fill("too_many_requests")]);
});

function makeAccount(email: string, policy: SignUpPolicy, isInvited = false) {
	const account = { name: email, email, password: "a long password" };
	return signUp(database, account, { address: email, secret: TEST_SECRET, policy, isInvited });
}

async function administrators(): Promise<string[]> {
	const rows = await database.sql<{ email: string }[]>`select email from users where is_administrator order by email`;
	return rows.map(({ email }) => email);
}
