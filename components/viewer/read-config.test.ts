import { expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { readConfig, splitReferences } from "./read-config";

function configOf(type: string, config: Record<string, unknown>) {
	const [node] = testPlan([{ id: "a", type, config }], []).nodes;
	return node ? readConfig(node) : [];
}

it("takes labels from the schema, values as written, and the schema's own where nothing was written", () => {
	const entries = configOf("llm", { prompt: "Sum up {{ inputs.text }}" });
	expect(entries.find((entry) => entry.key === "prompt")).toMatchObject({
		label: "Prompt",
		value: "Sum up {{ inputs.text }}",
		isDefault: false,
	});
	expect(entries.find((entry) => entry.key === "provider")).toMatchObject({ value: "demo", isDefault: true });
});

it("shows settings that the type does not know, and types that are not known", () => {
	expect(configOf("shell", { command: "true", colour: "red" }).at(-1)).toMatchObject({ key: "colour", value: "red" });
	expect(configOf("teleport", { to: "moon" })).toMatchObject([{ key: "to", value: "moon" }]);
});

it("leaves out what means nothing beside the other settings, unless it is written", () => {
	const keys = (config: Record<string, unknown>) => configOf("llm", config).map(({ key }) => key);
	expect(keys({ provider: "demo" })).not.toContain("model");
	expect(keys({ provider: "demo", model: "gpt-4o" })).toContain("model");
	expect(keys({ provider: "openai" })).toContain("model");
});

it("tells references from the words around them", () => {
	expect(splitReferences("Hi {{ inputs.name }}, {{steps.a.output.b}}")).toEqual([
		{ text: "Hi " },
		{ reference: "inputs.name" },
		{ text: ", " },
		{ reference: "steps.a.output.b" },
	]);
});
