import { expect, it } from "vitest";
import { parseAnsi, plainText } from "./ansi";

const esc = "\u001b";

it("colours what a program coloured for a terminal", () => {
	expect(parseAnsi(`ok ${esc}[32mpassed${esc}[0m in ${esc}[1;31m2${esc}[39m s`)).toEqual([
		{ text: "ok " },
		{ text: "passed", tone: "green" },
		{ text: " in " },
		{ text: "2", tone: "red" },
		{ text: " s" },
	]);
});

it("leaves out cursor movements, titles and what a progress bar overwrote", () => {
	expect(plainText(`${esc}[2K${esc}]0;title\u0007done`)).toBe("done");
	expect(plainText("10 %\r50 %\r100 %")).toBe("100 %");
	expect(plainText("windows line\r")).toBe("windows line\r");
});
