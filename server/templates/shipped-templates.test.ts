import { describe, expect, test } from "vitest";
import { foldRun, initialRunState } from "@/server/runs/state";
import { findIssues } from "@/server/threads/large-work";
import { credentialsOf } from "./fill-template";
import { readShippedTemplates } from "./shipped-templates";
import { CATEGORIES } from "./template-file";

const templates = [...(await readShippedTemplates()).values()];

test("every category has templates", () => {
	expect([...new Set(templates.map(({ category }) => category))].sort()).toEqual(Object.keys(CATEGORIES).sort());
});

describe.each(templates)("$slug", ({ slug, name, description, plan, yaml, credentials, sampleRun }) => {
	test("is a plan without a problem, under the name of its folder", async () => {
		expect(await findIssues(plan, { credentials: Object.keys(credentials) })).toEqual([]);
		expect(yaml).toContain(`slug: ${slug}\nname: ${name}\n`);
		expect(description).not.toBe("");
	});

	test("describes each credential that it refers to", () => {
		expect(credentialsOf(plan).sort()).toEqual(Object.keys(credentials).sort());
	});

	test("fills every input that it requires", () => {
		expect(plan.inputs.filter((field) => field.required && field.default === undefined)).toEqual([]);
	});

	test("has a recorded run of this very plan, which ends well", () => {
		const state = foldRun(initialRunState, [...(sampleRun ?? [])]);
		expect(state.phase.status).toBe("completed");
		const ran = new Set(Object.values(state.steps).map(({ nodeId }) => nodeId));
		expect([...ran].sort()).toEqual(plan.nodes.map(({ id }) => id).sort());
		expect(JSON.stringify(sampleRun)).not.toContain("run.unreadable");
	});
});
