import { expect, test } from "vitest";
import { createShareFilter } from "./share-filter";

const ALL = { settings: true, inputs: true, outputs: true, logs: true };
const filter = createShareFilter(ALL, (text) => text);

test.each([
	[{ password: "tiger" }, { password: "•••" }],
	[[{ name: "DB_PASSWORD", value: "tiger" }], [{ name: "DB_PASSWORD", value: "•••" }]],
	[[{ Key: "api_key", Value: 12345 }], [{ Key: "api_key", Value: "•••" }]],
	[[{ name: "LANG", value: "en" }], [{ name: "LANG", value: "en" }]],
	[
		{ name: "TOKEN", value: "{{ secrets.TOKEN }}" },
		{ name: "TOKEN", value: "{{ secrets.TOKEN }}" },
	],
])("hides what stands under a private name, as a property and as a pair: %j", (value, shown) => {
	expect(filter.json(value)).toEqual(shown);
	expect(filter.plan(value)).toEqual(shown);
});
