import { expect, test } from "vitest";
import { stepInto } from "./geometry";

const room = { x: 0, y: 0, width: 100, height: 100 };
const box = (x: number, y: number, width = 20) => ({ x, y, width, height: 20 });

test("what lies within does not move", () => {
	expect(stepInto(room, box(10, 80))).toEqual({ dx: 0, dy: 0 });
});

test("what sticks out moves just far enough", () => {
	expect(stepInto(room, box(95, 40))).toEqual({ dx: -15, dy: 0 });
	expect(stepInto(room, box(-5, 130))).toEqual({ dx: 5, dy: -50 });
});

test("what is too large shows its beginning", () => {
	expect(stepInto(room, box(30, 0, 200)).dx).toBe(-30);
});
