import { expect, test } from "vitest";
import { HiddenNames } from "./hide-names";

const names = new HiddenNames();
names.add(["Ann", 'Zoë "Z" (Ops+)', "Mara Lindqvist", " ", "X"]);

test.each([
	["approved by Mara Lindqvist.", "approved by •••."],
	["Ann’s decision, by Ann", "•••’s decision, by •••"],
	[JSON.stringify({ by: 'Zoë "Z" (Ops+)' }), '{"by":"•••"}'],
	["https://x.test/?by=Mara%20Lindqvist&or=Mara+Lindqvist", "https://x.test/?by=•••&or=•••"],
])("hides who did something wherever it was copied to: %s", (text, shown) => {
	expect(names.hide(text)).toBe(shown);
});

test.each(["Announcement for Annika", "MARA", "X marks it", "Anñ"])("leaves other words alone: %s", (text) => {
	expect(names.hide(text)).toBe(text);
});

test("hides nothing before it knows a name", () => {
	expect(new HiddenNames().hide("Ann")).toBe("Ann");
});
