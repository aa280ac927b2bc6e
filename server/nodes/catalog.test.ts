import { describe, expect, test } from "vitest";
import { z } from "zod";
import { catalog, definitionOf, isNodeType } from "./catalog";
import { executors } from "./executors";

const definitions = Object.entries(catalog);

/** Values that a draft may hold in any field. */
const ODD_VALUES = [undefined, null, 7, "", "{{ inputs.x }}", [], [null, 1], {}, { name: null }, true];

describe.each(definitions)("%s", (type, definition) => {
	test("is filed under its own type", () => {
		expect(definition.type).toBe(type);
	});

	test("has an executor if it is a step, and none otherwise", () => {
		expect(Object.hasOwn(executors, type)).toBe(definition.kind === "step");
	});

	test("names every field of its form", () => {
		const unnamed = Object.entries(definition.config.shape).filter(([, field]) => !z.globalRegistry.get(field)?.label);
		expect(unnamed.map(([name]) => name)).toEqual([]);
	});

	test("has a plain description", () => {
		expect(definition.description).toMatch(/^[A-Z].*\.$/);
	});

	test("shows a summary and ports for any draft", () => {
		const fields = Object.keys(definition.config.shape);
		for (const value of ODD_VALUES) {
			const config = Object.fromEntries(fields.map((field) => [field, value]));
			expect(definition.summary(config)).not.toBe("");
			const ports = definition.ports(config);
			expect(ports.length).toBeGreaterThan(0);
			expect(new Set(ports).size).toBe(ports.length);
		}
	});

	test("refuses a field that it does not have", () => {
		expect(definition.config.safeParse({ nonsense: 1 }).success).toBe(false);
	});
});

test("only types of the catalog are found, whatever is asked for", () => {
	expect(definitionOf("shell")?.title).toBe("Shell");
	for (const name of ["", "Shell", "__proto__", "constructor", "toString"]) {
		expect(definitionOf(name)).toBeUndefined();
		expect(isNodeType(name)).toBe(false);
	}
});
