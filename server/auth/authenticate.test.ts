import { scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { authenticate, type SignInOrigin } from "./authenticate";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("signing in with a password", () => {
	test("lets the right password in, however the e-mail is typed", async () => {
		const email = await addUser("ada@example.com");
		const credentials = { email: "ADA@example.com", password: "a long password" };
		const signedIn = await authenticate(database, credentials, from("10.0.0.1"));
		const [user] = await database.sql`select id from users where email = ${email}`;
		expect(signedIn?.userId).toBe(user?.id);
	});

	test("says the same about a wrong password, an unknown person and somebody without a password", async () => {
		await addUser("bea@example.com");
		await database.db.insert(users).values({ email: "oauth@example.com", name: "O" });
		for (const email of ["bea@example.com", "nobody@example.com", "oauth@example.com"]) {
			expect(await authenticate(database, { email, password: "wrong password" }, from("10.0.0.2"))).toBeNull();
		}
	});

	test("refuses what is no e-mail and password without looking", async () => {
		for (const credentials of [{}, { email: "x", password: "y" }, { email: ["a@b.c"], password: {} }, null]) {
			expect(await authenticate(database, credentials, from("10.0.0.3"))).toBeNull();
		}
	});

	test("stops guesses at one person from one address, even the right one, and nobody else", async () => {
		await addUser("cy@example.com");
		await addUser("dee@example.com");
		for (let guess = 0; guess < 10; guess += 1) {
			await authenticate(database, { email: "cy@example.com", password: `guess ${guess}` }, from("10.0.0.4"));
		}
		const right = authenticate(database, { email: "cy@example.com", password: "a long password" }, from("10.0.0.4"));
		await expect(right).rejects.toMatchObject({ code: "too_many_requests" });
		const elsewhere = await authenticate(
			database,
			{ email: "cy@example.com", password: "a long password" },
			from("10.0.0.5"),
		);
		expect(elsewhere).not.toBeNull();
		const other = await authenticate(
			database,
			{ email: "dee@example.com", password: "a long password" },
			from("10.0.0.4"),
		);
		expect(other).not.toBeNull();
	});

	test("the limit holds over several web servers", async () => {
		const email = await addUser("lou@example.com");
		const other = openDatabase(database.url);
		const answers: unknown[] = [];
		for (let guess = 0; guess < 12; guess += 1) {
			const server = guess % 2 === 0 ? database : other;
			const tried = authenticate(server, { email, password: `guess ${guess}` }, from("10.0.6.1"));
			answers.push(await tried.catch((error) => error.code));
		}
		await other.close();
		expect(answers).toEqual([...Array(10).fill(null), "too_many_requests", "too_many_requests"]);
	});

	test("one address, however often it tries, locks nobody out of another", async () => {
		const email = await addUser("jo@example.com");
		for (let guess = 0; guess < 100; guess += 1) {
			const tried = authenticate(database, { email, password: `guess ${guess}` }, from("10.0.4.1"));
			await tried.catch((error) => expect(error).toMatchObject({ code: "too_many_requests" }));
		}
		expect(await authenticate(database, { email, password: "a long password" }, from("10.0.4.2"))).not.toBeNull();
	});

	test("guesses from everywhere lock nobody out of a device on which they have signed in before", async () => {
		const email = await addUser("gus@example.com");
		const right = { email, password: "a long password" };
		const device = (await authenticate(database, right, from("10.0.1.1")))?.device;
		for (let guess = 0; guess < 50; guess += 1) {
			await authenticate(database, { email, password: `guess ${guess}` }, from(`10.1.0.${guess}`));
		}
		await expect(authenticate(database, right, from("10.0.1.1"))).rejects.toMatchObject({ code: "too_many_requests" });
		expect(await authenticate(database, right, from("10.0.1.1", device))).not.toBeNull();
		await database.sql`update users set password_hash = ${cheapHash("another password")} where email = ${email}`;
		await expect(authenticate(database, right, from("10.0.1.1", device))).rejects.toThrow("Too many attempts");
	});

	test("guesses from a device that its owner has used are counted, too", async () => {
		const email = await addUser("hal@example.com");
		const right = { email, password: "a long password" };
		const device = (await authenticate(database, right, from("10.0.2.1")))?.device;
		for (let guess = 0; guess < 10; guess += 1) {
			await authenticate(database, { email, password: `guess ${guess}` }, from(`10.2.0.${guess}`, device));
		}
		await expect(authenticate(database, right, from("10.0.2.1", device))).rejects.toThrow("Too many attempts");
		expect(await authenticate(database, right, from("10.0.2.1"))).not.toBeNull();
	});

	test("people who share an address and get in do not use it up", async () => {
		const email = await addUser("ida@example.com");
		for (let round = 0; round < 210; round += 1) {
			expect(await authenticate(database, { email, password: "a long password" }, from("10.0.3.1"))).not.toBeNull();
		}
	});

	test("forgets failed tries once somebody got in", async () => {
		await addUser("eve@example.com");
		for (let round = 0; round < 3; round += 1) {
			for (let slip = 0; slip < 6; slip += 1) {
				await authenticate(database, { email: "eve@example.com", password: "slip" }, from("10.0.0.6"));
			}
			const credentials = { email: "eve@example.com", password: "a long password" };
			expect(await authenticate(database, credentials, from("10.0.0.6"))).not.toBeNull();
		}
	});
});

const SECRETS = ["a secret of at least thirty-two characters"] as const;

function from(address: string, device?: string): SignInOrigin {
	return { address, device, secrets: SECRETS };
}

async function addUser(email: string): Promise<string> {
	await database.db.insert(users).values({ email, name: "Ada", passwordHash: cheapHash("a long password") });
	return email;
}

/** A hash says what it cost; a cheap one lets a test try many times. */
function cheapHash(password: string): string {
	const salt = Buffer.alloc(16, 7);
	const hash = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
	return ["scrypt", 1024, 8, 1, salt.toString("base64url"), hash.toString("base64url")].join("$");
}
