import { expect, test } from "vitest";
import { readConversation, readEdit } from "./read-conversation";

const at = 1;
const LINES = [
	{ kind: "text", at, text: "I look." },
	{ kind: "call", at, id: "a", name: "Read", input: { path: "x" } },
	{ kind: "permission", at, id: "p", name: "Bash", input: {} },
	{ kind: "result", at: 2, id: "a", state: "ok", text: "one", characters: 3 },
	{ kind: "decision", at, id: "p", allowed: false, by: "Ada" },
	{ kind: "of a later version", at },
];

test("a call stands with its result and a question with its answer; what cannot be read is left out", () => {
	const remarks = readConversation(`${LINES.map((line) => JSON.stringify(line)).join("\n")}\n{"kind":"text","at"`);
	expect(remarks).toEqual([
		expect.objectContaining({ kind: "text" }),
		expect.objectContaining({ kind: "call", result: expect.objectContaining({ text: "one" }) }),
		expect.objectContaining({ kind: "permission", decision: expect.objectContaining({ by: "Ada", allowed: false }) }),
	]);
});

test("an edit is the lines that go and those that come", () => {
	const edit = readEdit({ file_path: "a.ts", old_string: "one\ntwo", new_string: "three" });
	expect(edit).toMatchObject({ path: "a.ts", lineCount: 3 });
	expect(edit?.hunks[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
		"removed one",
		"removed two",
		"added three",
	]);
	expect(readEdit({ command: "ls" })).toBeUndefined();
	expect(readEdit(null)).toBeUndefined();
});
