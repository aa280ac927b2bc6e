import { expect, test } from "vitest";
import { z } from "zod";
import { parseForm } from "./auth-form";

const person = z.object({ name: z.string().min(1, "Enter your name.") });

test("what the database cannot keep is refused before it is asked", () => {
	for (const name of ["Ada\0", "Ada\ud800"])
		expect(() => parseForm(person, { name })).toThrow(expect.objectContaining({ code: "invalid" }));
	expect(() => parseForm(z.string(), "\0")).toThrow(/NUL character/);
});

test("the first thing that is wrong is told, and what is right is handed on", () => {
	expect(() => parseForm(person, { name: "" })).toThrow("Enter your name.");
	expect(parseForm(person, { name: "Ada" })).toEqual({ name: "Ada" });
});
