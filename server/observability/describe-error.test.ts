import { DrizzleQueryError } from "drizzle-orm";
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
