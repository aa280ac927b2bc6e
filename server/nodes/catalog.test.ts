import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { NodeDefinition } from "../plan/node-definition";
import { catalog, definitionOf, isNodeType } from "./catalog";
import { executorOf } from "./executors";

const definitions: [string, NodeDefinition][] = Object.entries(catalog);

/** Values that a draft may hold in any field. */
const ODD_VALUES = [undefined, null, 7, "", "{{ inputs.x }}", [], [null, 1], {}, { name: null }, true];

describe.each(definitions)("%s", (type, definition) => {
	test("is filed under its own type", () => {
		expect(definition.type).toBe(type);
	});

	test("is executed as what it is: a step, a wait, or a container that runs its body like this", () => {
		const executor = executorOf(type);
		expect(executor?.kind).toBe(definition.kind);
		expect(executor && "runs" in executor ? executor.runs : undefined).toBe(definition.body?.runs);
	});

	test("tells by its output which of several ports was taken", () => {
		const hasSeveral = definition.ports({ cases: [{ name: "a" }] }).length > 1;
		expect(definition.portOf !== undefined).toBe(hasSeveral);
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
