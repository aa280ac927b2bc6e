import { expect, test } from "vitest";
import { findMention, matchPeople } from "./find-mention";

const people = ["Ann", "Ann Lee", "Bo (bo@a.example)", "Bo (bo@b.example)"].map((label, at) => ({
	id: `${at}`,
	name: label,
	label,
}));

test("a mention is being written from its sign to the caret", () => {
	expect(findMention("hi @An", 6)).toEqual({ at: 3, query: "An" });
	expect(findMention("hi @An there", 6)).toEqual({ at: 3, query: "An" });
	expect(findMention("@", 1)).toEqual({ at: 0, query: "" });
});

test("an address, a sign alone, and a sign on another line begin none", () => {
	expect(findMention("me@an", 5)).toBeUndefined();
	expect(findMention("@ an", 4)).toBeUndefined();
	expect(findMention("@a\nb", 4)).toBeUndefined();
	expect(findMention(`@${"a".repeat(80)}`, 81)).toBeUndefined();
});

test("people are found by either name and by address, not once their name stands there whole", () => {
	expect(labels("an")).toEqual(["Ann", "Ann Lee"]);
	expect(labels("le")).toEqual(["Ann Lee"]);
	expect(labels("bo@b")).toEqual(["Bo (bo@b.example)"]);
	expect(labels("Ann Lee ")).toEqual([]);
});

function labels(query: string): string[] {
	return matchPeople(people, query).map(({ label }) => label);
}
