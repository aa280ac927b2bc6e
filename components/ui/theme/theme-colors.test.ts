import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { THEME_COLORS } from "./theme-colors";

const [light = "", dark = ""] = readFileSync(new URL("./tokens.css", import.meta.url), "utf8").split(
	'[data-theme="dark"]',
);

test.each([
	["light", light],
	["dark", dark],
] as const)("what is drawn without a stylesheet has the colours of the %s theme", (theme, css) => {
	const known = Object.fromEntries(
		[...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
	);
	expect(known).toMatchObject(THEME_COLORS[theme]);
});
