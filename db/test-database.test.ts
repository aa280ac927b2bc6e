import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database";

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
	[one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
	await Promise.all([one.drop(), other.drop()]);
});

describe("createTestDatabase", () => {
	test("what one test file writes, another does not see", async () => {
		await one.sql`insert into users (id, email) values ('u1', 'ada@example.com')`;
		expect(await one.sql`select email from users`).toEqual([{ email: "ada@example.com" }]);
		expect(await other.sql`select email from users`).toEqual([]);
	});
});
