// @vitest-environment happy-dom

import { expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorSession } from "./editor-session";
import { createEditorStore } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";

type Check = typeof issuesOf;

function openSession() {
	const plan = testPlan([{ id: "a", type: "shell", config: { command: "ls" } }], []);
	const editor = createEditorStore({ saved: { plan, revision: 1 } });
	const session = createEditorSession(editor, { collapsed: new Set(), credentials: undefined, onCollapse: () => {} });
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
	const issues = () => session.state.getState().issues;
	return { session, check, comes, empty, issues };
}

it("shows problems once what finds them has come, and those of each plan from then on", async () => {
	const { session, check, comes, empty, issues } = openSession();
	session.follow(() => check);
	empty();
	expect(issues()).toEqual([]);
	await comes();
	expect(issues()).toMatchObject([{ field: "config.command" }]);
	session.editor.getState().undo();
	expect(issues()).toEqual([]);
});

it("shows no more problems after its editor was left, whenever what finds them comes", async () => {
	const { session, check, comes, empty, issues } = openSession();
	const leave = session.follow(() => check);
	empty();
	leave();
	await comes();
	expect(issues()).toEqual([]);
});
