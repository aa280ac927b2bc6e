// @vitest-environment happy-dom

import { expect, it } from "vitest";
import { testPlan } from "@/components/canvas/test-plan";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { createEditorStore } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";
import { createWorkbench } from "./workbench";

type Check = typeof issuesOf;

function openWorkbench() {
	const plan = testPlan([{ id: "a", type: "shell", config: { command: "ls" } }], []);
	const editor = createEditorStore({ saved: { plan, revision: 1 } });
	const bench = createWorkbench(editor, { shut: new Set(), credentials: undefined, onShut: () => {} });
	let arrive: (check: Check) => void = () => {};
	const check = new Promise<Check>((resolve) => {
		arrive = resolve;
	});
	const comes = async () => {
		arrive(issuesOf);
		await check;
	};
	const empty = () =>
		editor
			.getState()
			.apply("Clear the command", (now) => setConfigField(now, { id: "a", path: ["command"], value: "" }, catalog));
	const issues = () => bench.state.getState().issues;
	return { bench, check, comes, empty, issues };
}

it("shows problems once what finds them has come, and those of each plan from then on", async () => {
	const { bench, check, comes, empty, issues } = openWorkbench();
	bench.follow(() => check);
	empty();
	expect(issues()).toEqual([]);
	await comes();
	expect(issues()).toMatchObject([{ field: "config.command" }]);
	bench.editor.getState().undo();
	expect(issues()).toEqual([]);
});

it("shows no more problems after its editor was left, whenever what finds them comes", async () => {
	const { bench, check, comes, empty, issues } = openWorkbench();
	const leave = bench.follow(() => check);
	empty();
	leave();
	await comes();
	expect(issues()).toEqual([]);
});
