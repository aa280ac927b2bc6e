import { expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { validatePlan } from "../validate/validate-plan";

const ask = {
	id: "ask",
	type: "approval",
	name: "Ask",
	config: {
		message: "Where?",
		fields: [
			{ name: "region", type: "select", options: ["eu", "us"] },
			{ name: "data", type: "json" },
		],
	},
};
const model = {
	id: "model",
	type: "llm",
	name: "Model",
	config: {
		prompt: "Sort this.",
		jsonSchema: {
			type: "object",
			properties: {
				category: { type: "string" },
				parts: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
				free: { type: "object" },
				open: { type: "object", properties: { a: {} }, additionalProperties: true },
			},
		},
	},
};
const failing = { id: "test", type: "shell", name: "Test", config: { command: "npm test" }, onFailure: "branch" };
const say = (text: string) => ({ id: "say", type: "comment", name: "Say", config: { text } });

/** The problems of what a comment behind a step says. */
function problemsBehind(step: { id: string; [field: string]: unknown }, text: string, port = "out") {
	const plan = testPlan([step, say(text)], [{ from: step.id, port, to: "say" }]);
	const issues = validatePlan(plan, { definitions: catalog }).filter(({ nodeId }) => nodeId === "say");
	return issues.map(({ message, suggestion }) => [message, suggestion]);
}

test("the answers of an approval are those that its form asks for", () => {
	for (const path of ["region", "data.deep.0"])
		expect(problemsBehind(ask, `{{ steps.ask.output.values.${path} }}`, "approved")).toEqual([]);
	expect(problemsBehind(ask, "{{ steps.ask.output.values.regoin }}", "approved")).toEqual([
		["steps.ask.output.values.regoin: values has no regoin, only region, data.", "steps.ask.output.values.region"],
	]);
	expect(problemsBehind(ask, "{{ steps.ask.output.values.region.name }}", "approved")).toMatchObject([
		[expect.stringContaining("region is a single value"), "steps.ask.output.values.region"],
	]);
});

test("a form that cannot be read may be answered with anything", () => {
	const broken = { ...ask, config: { ...ask.config, fields: "{{ inputs.form }}" } };
	expect(problemsBehind(broken, "{{ steps.ask.output.values.x }}", "approved")).toEqual([]);
});

test("the answer of a model has the fields that it was asked for", () => {
	for (const path of ["category", "parts.0.name", "free.anything", "open.anything"])
		expect(problemsBehind(model, `{{ steps.model.output.json.${path} }}`)).toEqual([]);
	expect(problemsBehind(model, "{{ steps.model.output.json.categroy }}")).toMatchObject([
		[expect.stringContaining("json has no categroy, only category, parts"), "steps.model.output.json.category"],
	]);
	expect(problemsBehind(model, "{{ steps.model.output.json.parts.0.nmae }}")).toMatchObject([
		[expect.any(String), "steps.model.output.json.parts.0.name"],
	]);
	const plain = { ...model, config: { prompt: "Hello" } };
	expect(problemsBehind(plain, "{{ steps.model.output.json }}")).toMatchObject([
		[expect.stringContaining("has no json"), undefined],
	]);
});

test("behind an error exit there is the error, and what the failed step left", () => {
	for (const path of ["error.message", "error.code", "exitCode", "stdout", "stderr"])
		expect(problemsBehind(failing, `{{ steps.test.output.${path} }}`, "error")).toEqual([]);
	expect(problemsBehind(failing, "{{ steps.test.output.total }}", "error")).toMatchObject([
		[expect.stringContaining("The output of “Test”, which failed here, has no total, only error, exitCode"), undefined],
	]);
	expect(problemsBehind(failing, "{{ steps.test.output.error.mesage }}", "error")).toMatchObject([
		[expect.any(String), "steps.test.output.error.message"],
	]);
	const http = {
		id: "call",
		type: "http-request",
		name: "Call",
		config: { url: "https://a.example" },
		onFailure: "branch",
	};
	expect(problemsBehind(http, "{{ steps.call.output.status }}", "error")).toHaveLength(1);
	expect(problemsBehind(http, "{{ steps.call.output.error.message }}", "out")).toHaveLength(1);
	expect(problemsBehind({ ...http, onFailure: "continue" }, "{{ steps.call.output.error.message }}")).toEqual([]);
	expect(problemsBehind({ ...http, onFailure: "continue" }, "{{ steps.call.output.statsu }}")).toHaveLength(1);
});

test("a schema without end, or with names that objects have of their own, does no harm", () => {
	let deep: object = { type: "object", properties: { a: { type: "string" } } };
	for (let depth = 0; depth < 30; depth++) deep = { type: "object", properties: { a: deep } };
	const hostile = { type: "object", properties: { constructor: { type: "string" }, toString: { type: "string" } } };
	const path = "a.".repeat(28);
	const asked = (jsonSchema: object) => ({ ...model, config: { prompt: "x", jsonSchema } });
	expect(problemsBehind(asked(deep), `{{ steps.model.output.json.${path}z }}`)).toEqual([]);
	expect(problemsBehind(asked(hostile), "{{ steps.model.output.json.constructor }}")).toEqual([]);
	expect(problemsBehind(asked(hostile), "{{ steps.model.output.json.valueOf }}")).toHaveLength(1);
});
