import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { parseWorkflowYaml } from "@/server/plan/yaml/plan-yaml";

/** The browser tests import these files: what they promise is checked here, where it is quick. */
test.each([
	["patient", []],
	["chatter", []],
	["turns", []],
	["broken", ["unknown_reference"]],
])("the fixture %s has the issues %j", (name, codes) => {
	const { file, problems } = read(name);
	expect(problems).toBeUndefined();
	expect(file && validatePlan(file.plan, { definitions: catalog }).map((issue) => issue.code)).toEqual(codes);
});

test("the fixture mistake is no workflow, in its eighth line", () => {
	expect(read("mistake").problems?.[0].line).toBe(8);
});

function read(name: string) {
	return parseWorkflowYaml(readFileSync(`e2e/fixtures/plans/${name}.workflow.yml`, "utf8"));
}
