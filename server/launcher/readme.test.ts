import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { parseWorkflowYaml } from "@/server/plan/yaml/plan-yaml";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

test("the workflow that the README shows is a valid one", () => {
	const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
	const parsed = parseWorkflowYaml(yaml);
	expect("problems" in parsed && parsed.problems).toBeFalsy();
	expect(parsed.file && validatePlan(parsed.file.plan, { definitions: catalog })).toEqual([]);
});

test("the README names every variable of the example environment", () => {
	const example = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
	const names = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
	expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
