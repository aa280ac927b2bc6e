import { expect, test } from "vitest";
import { createHideValues } from "./hide-values";

const LONG = "Call Mrs Ferreira back about her knee and the bill";

function hide(hidden: Parameters<typeof createHideValues>[0], text: string): string {
	const hideIn = createHideValues(hidden);
	if (!hideIn) throw new Error("That is too much to be looked for.");
	return hideIn(text);
}

test.each([
	["as it is", `said: ${LONG}.`, "said: •••."],
	["as JSON", JSON.stringify({ said: LONG }), '{"said":"•••"}'],
	["in an address", `/?q=${encodeURIComponent(LONG)}`, "/?q=•••"],
	["cut at its end, as the name of an item", `${LONG.slice(0, 39)}…`, "•••…"],
	["cut at its beginning, as the end of a log", `…${LONG.slice(12)}`, "…•••"],
	["cut at both, as in a message", `near "${LONG.slice(8, 32)}"`, 'near "•••"'],
	["cut in an address", `/?q=${encodeURIComponent(LONG.slice(0, 39))}`, "/?q=•••"],
])("hides a text %s", (_, text, shown) => {
	expect(hide({ note: LONG }, text)).toBe(shown);
});

test("hides a text that is cut and holds another one", () => {
	expect(hide({ who: "Ferreira", note: LONG }, `${LONG.slice(0, 23)}…`)).toBe("•••…");
});

test("hides a text that repeats itself, wherever it is cut", () => {
	expect(hide({ line: "ab".repeat(40) }, `x${"ab".repeat(15)}y`)).toBe("x•••y");
});

test("leaves other texts alone that have some words in common", () => {
	const text = "Call Mr Smith back about his bill.";
	expect(hide({ note: LONG }, text)).toBe(text);
});

test("looks for nothing where there is too much", () => {
	expect(createHideValues({ text: "x".repeat(20_001) })).toBeUndefined();
});
