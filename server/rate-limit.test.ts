import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { countUse, sharedLimiter } from "./rate-limit";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

test("all web servers count the same uses, and say when to try again", async () => {
	const other = openDatabase(database.url, { max: 1 });
	const use = ({ db }: Pick<TestDatabase, "db">, key: string) =>
		countUse(sharedLimiter(db, "test", { points: 2, duration: 600 }), key, "Too many tries");
	await use(database, "ada");
	await use(other, "ada");
	await expect(use(database, "ada")).rejects.toMatchObject({
		code: "too_many_requests",
		message: "Too many tries. Try again in 10 minutes.",
	});
	await use(other, "bea");
	await other.close();
});
