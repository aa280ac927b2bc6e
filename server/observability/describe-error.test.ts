import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";
import { expect, test } from "vitest";
import { describeError } from "./describe-error";

test("a failed query is told with its text and its cause, without the values it was sent", () => {
	const cause = new Error("duplicate key value violates unique constraint");
	const said = describeError(new DrizzleQueryError("insert into users values ($1)", ["a password's hash"], cause));
	expect(said).toMatchObject({ message: cause.message, query: "insert into users values ($1)" });
	expect(JSON.stringify(said)).not.toContain("hash");
});

test("a failed query whose cause is unknown is told too", () => {
	expect(describeError(new DrizzleQueryError("select 1", ["a value"]))).toMatchObject({ message: "The query failed" });
});

test("any other error is told with its stack", () => {
	expect(describeError(new TypeError("x is not a function"))).toMatchObject({
		type: "TypeError",
		message: "x is not a function",
		stack: expect.stringContaining("describe-error.test"),
	});
	expect(describeError("a text")).toBe("a text");
});

test("what PostgreSQL answered is told without the row that it repeats, however deep it stands", () => {
	const failed = Object.assign(new postgres.PostgresError('null value in column "email"'), {
		code: "23502",
		table_name: "users",
		detail: "Failing row contains (u1, a password's hash).",
	});
	for (const error of [
		failed,
		new DrizzleQueryError("insert into users values ($1)", ["a password's hash"], failed),
		new Error("The sign-up failed", { cause: new DrizzleQueryError("insert …", ["a password's hash"], failed) }),
		new Error("Read more", { cause: { err: new DrizzleQueryError("insert …", ["a password's hash"], failed) } }),
	]) {
		const said = JSON.stringify(describeError(error));
		expect(said).not.toContain("hash");
		expect(said).toContain('"table_name":"users"');
	}
});
