import { expect, it } from "vitest";
import { placeNote } from "./place-note";

const canvas = { width: 900, height: 700 };
const size = { width: 280, height: 100 };
const stepAt = (x: number, y: number) => ({ x, y, width: 208, height: 60 });

it("stands below its step, on its left edge", () => {
	expect(placeNote(stepAt(200, 100), size, canvas)).toEqual({ x: 200, y: 168 });
});

it("stays inside the right edge of the canvas", () => {
	expect(placeNote(stepAt(800, 100), size, canvas).x).toBe(900 - 280 - 12);
});

it("stands above a step at the lower edge, so that it does not cover it", () => {
	expect(placeNote(stepAt(200, 600), size, canvas)).toEqual({ x: 200, y: 600 - 8 - 100 });
});

it("stays inside the canvas for a step that is out of sight", () => {
	expect(placeNote(stepAt(-500, -400), size, canvas)).toEqual({ x: 12, y: 12 });
	expect(placeNote(stepAt(2_000, 2_000), size, canvas)).toEqual({ x: 608, y: 588 });
});
