import { expect, test } from "vitest";
import { assignColors, VISITOR_COLORS } from "./assign-colors";

const people = Array.from({ length: VISITOR_COLORS + 3 }, (_, n) => `person-${n}`);

test("everybody has a color of their own as long as there are enough", () => {
	const colors = [...assignColors(people.slice(0, VISITOR_COLORS)).values()];
	expect(colors.toSorted((a, b) => a - b)).toEqual(Array.from({ length: VISITOR_COLORS }, (_, color) => color));
});

test("more people than colors share them", () => {
	const colors = assignColors(people);
	expect(colors.size).toBe(people.length);
	expect([...colors.values()].every((color) => color >= 0 && color < VISITOR_COLORS)).toBe(true);
});

test("who was there first keeps the color when others come", () => {
	const alone = assignColors(["person-1"]).get("person-1");
	expect(assignColors(["person-1", ...people]).get("person-1")).toBe(alone);
});

test("the tabs of a person have one color", () => {
	expect(assignColors(["a", "b", "a"]).size).toBe(2);
});
