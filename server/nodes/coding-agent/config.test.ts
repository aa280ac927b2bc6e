import { expect, test } from "vitest";
import { checkConfig } from "@/server/plan/validate/validate-config";
import { codingAgentDefinition } from "./definition";

test.each([
	[{}, []],
	[{ agent: "acp" }, ["config.command"]],
	[{ agent: "codex", permissions: "ask" }, ["config.permissions"]],
	[{ success: ["tests", "schema"] }, ["config.testCommand", "config.jsonSchema"]],
	// Regular expressions of others could keep the server busy for ever.
	[{ success: ["schema"], jsonSchema: { items: { patternProperties: { "^(a+)+$": {} } } } }, ["config.jsonSchema"]],
	[{ success: ["schema"], jsonSchema: { type: "string", pattern: "^(a+)+$" } }, ["config.jsonSchema"]],
	[{ permissions: "plan" }, ["config.success"]],
	[{ agent: "grok", network: "off" }, ["config.network"]],
	[{ promptName: "fix", prompt: undefined }, []],
	[{ prompt: undefined }, ["config.prompt"]],
	[{ agent: "vim" }, ["config.agent"]],
])("a config like %j has problems at %j", (given, fields) => {
	const config = JSON.parse(JSON.stringify({ prompt: "Mend it.", ...given }));
	expect(checkConfig(config, codingAgentDefinition).issues.map(({ field }) => field)).toEqual(fields);
});

test("its output is what its schema asks for", () => {
	const jsonSchema = { type: "object", properties: { answer: { type: "integer" } } };
	const shape = codingAgentDefinition.outputOf({ success: ["schema"], jsonSchema });
	expect(shape.safeParse({}).error?.issues.map(({ path }) => path[0])).toContain("result");
	expect(codingAgentDefinition.summary({ prompt: "Mend it.", agent: "codex", model: "gpt-5" })).toBe("Codex, gpt-5");
});
