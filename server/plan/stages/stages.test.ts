import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { isError } from "../issue";
import { parsePlan } from "../parse-plan";
import type { Plan } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import { parseWorkflowYaml, stringifyWorkflow } from "../yaml/plan-yaml";
import { readStageFile } from "./stage-file";
import type { LibraryPrompt } from "./stage-prompts";
import { stagesToPlan } from "./stages-to-plan";
import { type ReadField, translateCondition } from "./stop-condition";

const FOLDER = join(import.meta.dirname, "fixtures");
const FILES = readdirSync(FOLDER);

function read(file: string, library?: readonly LibraryPrompt[]) {
	const text = file.includes("\n") ? file : readFileSync(join(FOLDER, `${file}.workflow.yml`), "utf8");
	const parsed = parseWorkflowYaml(text, library);
	if (!parsed.file) throw new Error(JSON.stringify(parsed.problems));
	const { plan } = parsed.file;
	const node = (id: string) => plan.nodes.find((each) => each.id === id);
	return { ...parsed, plan, node, notes: parsed.notes?.map(({ place, message }) => `${place}: ${message}`) };
}

function edgesOf({ edges }: Plan): string[] {
	return edges.map(({ from, port, to }) => `${from}.${port} -> ${to}`);
}

test.each(FILES)("%s becomes a plan without errors that its own YAML reads the same", (name) => {
	const { file, plan, notes = [] } = read(name.replace(".workflow.yml", ""));
	expect(validatePlan(plan, { definitions: catalog }).filter(isError)).toEqual([]);
	expect(parseWorkflowYaml(stringifyWorkflow(file)).file).toEqual(file);
	expect(new Set(notes).size).toBe(notes.length);
});

describe("what a file of stages becomes", () => {
	test("the rounds begin at the stage to fall back to, and end as the result of the last one says", () => {
		const { plan, node, notes } = read("feature-development");
		expect(edgesOf(plan)).toEqual(["plan.out -> code", "code.out -> test", "test.out -> check"]);
		expect(node("loop")?.config).toEqual({ maxIterations: 5, stopWhen: "steps.check.output.result.done == true" });
		expect(plan.nodes.map(({ parent }) => parent)).toEqual([undefined, "loop", "loop", "loop", "loop"]);
		expect(node("check")?.config.jsonSchema).toMatchObject({
			properties: { done: { type: "boolean" } },
			required: ["done"],
		});
		expect(node("code")?.retry).toEqual({ maxAttempts: 3, backoff: "exponential", delaySeconds: 5, jitter: true });
		expect(node("test")).toMatchObject({ onFailure: "continue" });
		expect(notes).toContain("check.profile: The profile “gate” is in another file: here one step does the stage.");
	});

	test("a stage behind the one that is asked is where an exhausted loop leads", () => {
		const { plan, node } = read("review-loop");
		expect(edgesOf(plan)).toEqual(["loop.out -> publish", "implement.out -> review", "loop.exhausted -> escalate"]);
		expect(node("loop")?.config).toEqual({
			maxIterations: "{{ inputs.max_rounds }}",
			stopWhen: "steps.review.output.result.approved == true && steps.review.output.result.score >= 8",
		});
		expect(plan.inputs.map(({ name, type, required }) => [name, type, required])).toEqual([
			["target", "text", false],
			["max_rounds", "number", false],
			["strict", "boolean", false],
			["budget", "text", true],
		]);
		expect(node("implement")?.config.prompt).toContain('{{ iteration.previous.review.output.result.findings ?? "" }}');
		expect(node("review")?.config).toMatchObject({ agent: "claude-code", permissions: "plan", success: ["schema"] });
		expect(read("incident").node("collect")?.config.tools).toEqual(["list_files", "read_file", "search_files"]);
		expect(node("escalate")?.config.prompt).toContain("{{ steps.loop.output.last.review.output.summary }}");
	});

	test("a failure leads to a later stage, and stops the run where it would lead back", () => {
		const { plan, node, locate, notes } = read("incident");
		expect(edgesOf(plan).slice(-2)).toEqual(["collect.error -> report", "diagnose.error -> report"]);
		expect(["collect", "diagnose", "mend"].map((id) => node(id)?.onFailure)).toEqual(["branch", "branch", "stop"]);
		expect(notes?.find((note) => note.startsWith("stageConfigs.mend.on_failure"))).toMatch(/not back/);
		expect(locate?.({ severity: "error", code: "", message: "", nodeId: "mend" }).line).toBe(21);
	});

	test("several providers work side by side or one after the other", () => {
		const { plan, node } = read("committee");
		expect(edgesOf(plan)).toEqual([
			"code_codex.out -> code_grok",
			...["claude_code", "codex", "gemini"].map((name) => `plan_${name}.out -> choose`),
			"choose.out -> code_codex",
		]);
		expect(node("plan_gemini")?.config.prompt).toContain("{{ inputs.feature.title }}");
		expect(plan.inputs[0]).toEqual({ name: "feature", type: "json", required: true });
	});

	test("a sentence as a condition is put to the last stage", () => {
		const { node } = read("prose-stop");
		expect(node("loop")?.config.stopWhen).toBe("steps.polish.output.json.done");
		expect(JSON.stringify(node("polish")?.config.jsonSchema)).toContain("all sentences are short");
	});

	test("a prompt’s file is the prompt of the library that is called like it, if there is one", () => {
		const { node, notes } = read("prose-stop", [{ name: "draft", variables: ["topic"] }]);
		expect(node("draft")?.config).toMatchObject({ promptName: "draft", variables: { topic: "{{ inputs.topic }}" } });
		expect(node("polish")?.config.prompt).toContain("Do what the file prompts/polish.md says.");
		expect(notes?.find((note) => note.startsWith("stageConfigs.polish.prompt"))).toMatch(/import it under Prompts/);
	});

	test("braces of a prompt are no references", () => {
		expect(read("braces").node("template")?.config.prompt).toMatch(
			/^Keep \\\{\{#each items}}- \\\{\{this}}.*\$\{env.HOME}/,
		);
	});
});

const HEAD = "name: A\nstages: [a, b]\n";

test.each([
	["stages: plan", 1, "stages is a list of names"],
	["stages: []", 1, "There are no stages"],
	["stages: [a, b, a]", 1, "The stage “a” is there twice"],
	["stages:\n  - a\n  - [b]", 3, "A stage is a name"],
	["stages: [a]\nstageConfigs: [a]", 2, "stageConfigs is a map"],
	["workflow: { stages: [a] }\na: claude", 2, "a must be"],
	[`${HEAD}stageConfigs:\n  a: {}\n  c: { provider: claude }`, 5, "There is no stage “c”"],
	[`${HEAD}stageConfigs:\n  a: { provider: 3 }`, 4, "provider must be a text"],
	[`${HEAD}stageConfigs:\n  a:\n    retries: many`, 5, "etries must be"],
	[`${HEAD}loop: { max_iters: 0 }`, 3, "max_iters must be at least 1"],
	[`${HEAD}loop:\n  max_iters: 3\n  fallback_next_stage: bb`, 5, "There is no stage “bb”. Did you mean “b”?"],
	[`${HEAD}loop: [1]`, 3, "oop must be"],
	["stages: &x [a]\nstageConfigs: *x", 1, "Anchors cannot be used here"],
	[`${HEAD}name: B`, 3, "This key is used twice"],
	[`stages:\n${"  - a\n".repeat(201)}`, 2, "There are more than 200 stages"],
	[`stages: [${"x".repeat(2_000_000)}]`, 1, "The file is too large"],
])("%j is refused with its line", (text, line, message) => {
	const { problems } = parseWorkflowYaml(text);
	expect(problems?.[0]).toMatchObject({ line, message: expect.stringContaining(message) });
});

test("no file of stages makes reading throw", () => {
	const value = fc.oneof(
		fc.string({ maxLength: 20 }),
		fc.integer(),
		fc.constant(null),
		fc.constantFrom("a", "b", "goto:b"),
	);
	const config = fc.dictionary(
		fc.constantFrom("provider", "providers", "mode", "on_failure", "retries", "prompt"),
		value,
	);
	const file = fc.record({
		stages: fc.array(fc.oneof(fc.constantFrom("a", "b", "loop"), value), { maxLength: 4 }),
		stageConfigs: fc.oneof(value, fc.dictionary(fc.constantFrom("a", "b", "__proto__"), fc.oneof(config, value))),
		loop: fc.oneof(value, fc.record({ stop_when: value, fallback_next_stage: value })),
		vars: fc.oneof(value, fc.dictionary(fc.string({ maxLength: 5 }), value)),
	});
	fc.assert(
		fc.property(file, (given) => {
			const read = readStageFile(given);
			if (read.file) expect(parsePlan(stagesToPlan(read.file, undefined).plan).issues).toBeUndefined();
			else expect(read.problems.length).toBeGreaterThan(0);
		}),
		{ numRuns: 300 },
	);
});

test("a file with nodes is a plan, whatever else stands in it", () => {
	expect(parseWorkflowYaml("version: 1\nname: A\nnodes: []\nstages: [a]").problems?.[0]?.message).toMatch(/stages/);
});

test.each([
	["$.done", "last.done"],
	["$.done == true", "last.done == true"],
	["stages.check.output.score >= 0.5 and not $.failed", "check.score >= 0.5 && !(last.failed)"],
	["($.a || vars.force) && iteration > 2", "(last.a || inputs.force) && round > 2"],
	["$.state === 'it''s'", undefined],
	['$.state != "open"', 'last.state != "open"'],
	["all tests pass", undefined],
	["$..done", undefined],
	["$.items[0].ok", undefined],
	["((((", undefined],
	["a && ", undefined],
	["1", undefined],
	["true", "true"],
])("the condition %s reads %s", (text, expected) => {
	const names = {
		field: ({ stage = "last", path }: ReadField) => [stage, ...path].join("."),
		variable: (path: readonly string[]) => ["inputs", ...path].join("."),
		round: "round",
	};
	expect(translateCondition(text, names)).toBe(expected);
});
