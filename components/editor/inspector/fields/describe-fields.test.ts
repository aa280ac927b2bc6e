import { describe, expect, it } from "vitest";
import { z } from "zod";
import { catalog } from "@/server/nodes/catalog";
import { jsonSchema } from "@/server/plan/values/json";
import { describeFields, optionLabel } from "./describe-fields";

function widgetsOf(schema: z.ZodObject) {
	return Object.fromEntries(describeFields(schema).map(({ key, widget }) => [key, widget]));
}

describe("describeFields", () => {
	it("takes the widget from the schema's metadata, and from its type where there is none", () => {
		expect(widgetsOf(catalog["http-request"].config)).toMatchObject({
			method: "select",
			url: "text",
			headers: "key-value",
			body: "json",
			failOnStatus: "switch",
			expectedStatus: "list",
			timeoutSeconds: "duration",
			maxResponseBytes: "number",
		});
		expect(widgetsOf(catalog.llm.config)).toMatchObject({ prompt: "textarea", jsonSchema: "json-schema" });
	});

	it("knows the default, what may be left out, and how texts are read", () => {
		const [command, env, directory] = describeFields(catalog.shell.config);
		expect(command).toMatchObject({ widget: "code", language: "shell", text: "shell", optional: false });
		expect(env).toMatchObject({ fallback: {}, text: "template" });
		expect(directory).toMatchObject({ optional: true, advanced: true });
		const when = describeFields(catalog.condition.config).find(({ key }) => key === "when");
		expect(when).toMatchObject({ widget: "cel", text: "cel" });
	});

	it("describes the entries of a list of objects", () => {
		const cases = describeFields(catalog.switch.config).find(({ key }) => key === "cases");
		expect(cases).toMatchObject({
			widget: "group-list",
			fields: [
				{ key: "name", widget: "text" },
				{ key: "equals", widget: "json" },
				{ key: "when", widget: "cel", text: "cel" },
			],
		});
	});

	it("finds a widget for every field of every type of step", () => {
		for (const definition of Object.values(catalog)) {
			const specs = describeFields(definition.config);
			expect(specs.map(({ key }) => key)).toEqual(Object.keys(definition.config.shape));
			for (const { label } of specs) expect(label).toMatch(/^[A-Z]/);
		}
	});

	it("edits what it has no better way for as JSON", () => {
		expect(widgetsOf(z.object({ anything: jsonSchema, pair: z.tuple([z.string()]) }))).toEqual({
			anything: "json",
			pair: "json",
		});
	});
});

describe("optionLabel", () => {
	it("writes plain words as a person would and leaves names alone", () => {
		expect(["cancel-previous", "GET", "fixed", "ssh", "claude-sonnet-5-5"].map(optionLabel)).toEqual([
			"Cancel previous",
			"GET",
			"Fixed",
			"SSH key",
			"claude-sonnet-5-5",
		]);
	});
});
