import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { addNode } from "./add-node";
import { followName, idOfName } from "./follow-name";

const called = (id: string, name: string, type = "shell") => testPlan([{ id, name, type }, "other"]);

test.each([
	["shell_2", "Shell 2", "Dump database", "dump_database"],
	["dump_database", "Dump database", "Fetch users", "fetch_users"],
	["dump_database_3", "Dump database", "Other", "other_2"],
	["shell", "Backup", "Dump database", "dump_database"],
	["shell", "Shell", "Größe prüfen", "grosse_prufen"],
	["shell", "Shell", "In", "in_2"],
	["shell", "Shell", "Steps", "steps"],
])("the id %s of a step called “%s” that is now called “%s” becomes %s", (id, before, name, expected) => {
	expect(idOfName(called(id, name), { id, before }, catalog)).toBe(expected);
});

test.each([
	["db", "Dump database", "Fetch users", "it was edited"],
	["shell", "Shell", "データ", "the name has no letters for one"],
	["dump_database_2", "Dump database 2", "Dump database", "it is the name's already"],
	["shell", "Shell", "Shell", "the name is the same"],
])("the id %s of a step called “%s” that is now called “%s” stays: %4$s", (id, before, name) => {
	expect(idOfName(called(id, name), { id, before }, catalog)).toBe(id);
});

test("references and connections follow, and everything else is left alone", () => {
	const plan = testPlan(
		[
			{ id: "shell", name: "Dump database" },
			{ id: "after", config: { command: "echo {{ steps.shell.output.stdout }} steps.shell" } },
			{ id: "check", type: "condition", config: { when: 'steps.shell.output.exitCode == 0 && "steps.shell" != ""' } },
		],
		["shell>after", "after>check"],
	);
	expect(followName(plan, { id: "shell", before: "Shell" }, catalog)).toMatchObject({
		nodes: [
			{ id: "dump_database" },
			{ config: { command: "echo {{ steps.dump_database.output.stdout }} steps.shell" } },
			{ config: { when: 'steps.dump_database.output.exitCode == 0 && "steps.shell" != ""' } },
		],
		edges: [{ from: "dump_database" }, { from: "after" }],
	});
});

test("a step that is added with a name has the id of that name", () => {
	const plan = addNode(testPlan([]), { type: "shell", name: "Dump database", position: { x: 0, y: 0 } }, catalog);
	expect(plan.nodes).toMatchObject([{ id: "dump_database", name: "Dump database" }]);
});
