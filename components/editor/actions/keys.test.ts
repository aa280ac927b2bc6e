// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { keyCaps, matchesKeys } from "./keys";

const press = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...held });

it("hears ⌘ and Ctrl alike, and no key that is held in addition", () => {
	expect(matchesKeys(press("z", { ctrlKey: true }), "mod+z")).toBe(true);
	expect(matchesKeys(press("z", { metaKey: true }), "mod+z")).toBe(true);
	expect(matchesKeys(press("Z", { ctrlKey: true, shiftKey: true }), "mod+z")).toBe(false);
	expect(matchesKeys(press("Z", { ctrlKey: true, shiftKey: true }), "mod+shift+z")).toBe(true);
	expect(matchesKeys(press("z"), "mod+z")).toBe(false);
});

it("hears a character however a keyboard makes it", () => {
	expect(matchesKeys(press("/", { shiftKey: true }), "/")).toBe(true);
	expect(matchesKeys(press("+", { shiftKey: true }), "plus")).toBe(true);
});

it("shows keys as they stand on the caps", () => {
	expect(keyCaps("mod+shift+z", "⌘")).toEqual(["⌘", "⇧", "Z"]);
	expect(keyCaps("plus", "Ctrl")).toEqual(["+"]);
});
