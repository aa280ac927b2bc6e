import { expect, test } from "vitest";
import { labelPeople, readMentions, writeMentions } from "./mention-text";

const ann = { id: "1", name: "Ann", email: "ann@acme.example" };
const annLee = { id: "2", name: "Ann Lee", email: "lee@acme.example" };
const oneBo = { id: "3", name: "Bo", email: "bo@acme.example" };
const otherBo = { id: "4", name: "Bo", email: "bo@else.example" };
const people = labelPeople([ann, annLee, oneBo, otherBo]);

test("people of the same name are told apart by their addresses", () => {
	expect(people.map(({ label }) => label)).toEqual(["Ann", "Ann Lee", "Bo (bo@acme.example)", "Bo (bo@else.example)"]);
	expect(writeMentions("@Bo (bo@else.example), look", people)).toEqual({
		text: "<@4>, look",
		mentions: [{ id: "4", name: "Bo" }],
	});
	expect(writeMentions("@Bo, look", people).mentions).toEqual([]);
});

test("whoever names themselves like another's label is mentioned by nobody, and takes nobody's place", () => {
	const liar = { id: "5", name: "Bo (bo@acme.example)", email: "liar@acme.example" };
	const labelled = labelPeople([oneBo, otherBo, liar]);
	expect(writeMentions("@Bo (bo@acme.example)", labelled).mentions).toEqual([]);
});

test("the longest name counts, and only where a name ends", () => {
	expect(writeMentions("@Ann Lee and @Ann", people).text).toBe("<@2> and <@1>");
	expect(writeMentions("@Annabel, mail me@Ann", people)).toEqual({ text: "@Annabel, mail me@Ann", mentions: [] });
	expect(writeMentions("(@Ann)", people).text).toBe("(<@1>)");
});

test("an id written by hand mentions a member, and nobody else", () => {
	expect(writeMentions("<@1> <@99>", people)).toEqual({ text: "<@1> <@99>", mentions: [{ id: "1", name: "Ann" }] });
});

test("a text to change shows people by the names they have now, and leads to the same mentions", () => {
	const written = writeMentions("@Ann, ask @Bo (bo@acme.example)", people);
	const renamed = labelPeople([{ ...ann, name: "Anna" }, annLee, oneBo]);
	const editable = readMentions(written.text, { mentions: written.mentions, people: renamed });
	expect(editable).toBe("@Anna, ask @Bo");
	expect(writeMentions(editable, renamed).text).toBe(written.text);
});

test("whoever has left stands there by their name, which mentions nobody of that name", () => {
	const { text, mentions } = writeMentions("@Ann Lee, look", people);
	const editable = readMentions(text, { mentions, people: labelPeople([{ ...oneBo, name: "Ann Lee" }]) });
	expect(editable).toBe("Ann Lee, look");
});

test("four thousand signs among two thousand people are read", () => {
	const crowd = labelPeople(
		Array.from({ length: 2_000 }, (_, at) => ({ id: `${at}`, name: `Ann ${at}`, email: `${at}@a.example` })),
	);
	expect(writeMentions("@Ann ".repeat(800), crowd).mentions).toEqual([]);
});
