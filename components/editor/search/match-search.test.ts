import { expect, it } from "vitest";
import { findMarks, matchesSearch } from "./match-search";

it("finds a text by all words of a search, in any order and case", () => {
	expect(matchesSearch("Zoom to the selection", "SELECTION zoom")).toBe(true);
	expect(matchesSearch("Zoom to the selection", "zoom step")).toBe(false);
	expect(matchesSearch("Anything", "  ")).toBe(true);
});

it("marks a phrase where it stands as a whole, else each of its words", () => {
	expect(findMarks("Add a step", " a s")).toEqual([[4, 7]]);
	expect(findMarks("Zoom to the selection", "selection zoom")).toEqual([
		[0, 4],
		[12, 21],
	]);
	expect(findMarks("Zoom in", "")).toEqual([]);
	expect(findMarks("Zoom in", "nothing")).toEqual([]);
});

it("marks what several words mean once", () => {
	expect(findMarks("Undo the change", "undo un")).toEqual([[0, 4]]);
});
