import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { addNode } from "@/server/plan/edits/add-node";
import { anyEdits } from "@/server/plan/edits/arbitrary-edits";
import type { PlanEdit } from "@/server/plan/edits/plan-edit";
import { removeNodes } from "@/server/plan/edits/remove-nodes";
import { setConfigField } from "@/server/plan/edits/set-config";
import { hashPlan } from "@/server/plan/hash-plan";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorStore, isUnsaved } from "./editor-store";
import { COALESCE_MS, MAX_STEPS } from "./history";

const EMPTY = testPlan([]);

function openEditor(now: () => number = () => 0) {
	return createEditorStore({ saved: { revision: 1, plan: EMPTY } }, now);
}

const addShell: PlanEdit = (plan) => addNode(plan, { type: "shell", position: { x: 0, y: 0 } }, catalog);
const typeCommand =
	(value: string): PlanEdit =>
	(plan) =>
		setConfigField(plan, { id: "shell", path: ["command"], value }, catalog);

const typeNothing: PlanEdit = (plan) =>
	setConfigField(plan, { id: "shell", path: ["command"], value: undefined }, catalog);

describe("undo and redo", () => {
	it("lead from any chain of edits back to the first plan and forth to the last one", () => {
		fc.assert(
			fc.property(anyEdits(40), (edits) => {
				const store = openEditor();
				for (const edit of edits) store.getState().apply("Edit", edit);
				const last = store.getState().plan;
				while (store.getState().undo()) {}
				expect(store.getState().plan).toEqual(EMPTY);
				while (store.getState().redo()) {}
				expect(store.getState().plan).toEqual(last);
				expect(hashPlan(store.getState().plan)).toBe(hashPlan(last));
			}),
		);
	});

	it("pass through the same plans in both directions", () => {
		fc.assert(
			fc.property(anyEdits(20), (edits) => {
				const { getState } = openEditor();
				const plans = [getState().plan];
				for (const edit of edits) if (getState().apply("Edit", edit)) plans.push(getState().plan);
				for (const plan of plans.toReversed()) {
					expect(getState().plan).toBe(plan);
					getState().undo();
				}
				for (const plan of plans) {
					expect(getState().plan).toBe(plan);
					getState().redo();
				}
			}),
		);
	});

	it("name what they take back", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		expect(getState().undo()).toBe("Add step");
		expect(getState().undo()).toBeUndefined();
		expect(getState().redo()).toBe("Add step");
	});

	it("forget what was undone once something else is done", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		getState().undo();
		getState().apply("Add step", addShell);
		expect(getState().redo()).toBeUndefined();
	});

	it("keep the last edits only, however long a person draws", () => {
		const { getState } = openEditor();
		for (let round = 0; round < MAX_STEPS + 20; round++) getState().apply("Add step", addShell);
		expect(getState().history.past).toHaveLength(MAX_STEPS);
	});
});

describe("an edit that changes nothing", () => {
	it("leaves no trace, and what was undone can still be redone", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		getState().undo();
		expect(getState().apply("Delete", (plan) => removeNodes(plan, ["nothing"]))).toBe(false);
		expect(getState().redo()).toBe("Add step");
	});
});

describe("typing in a field", () => {
	it("is undone as a whole", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		for (const text of ["n", "np", "npm"])
			getState().apply("Change command", typeCommand(text), { coalesce: "shell.command" });
		getState().undo();
		expect(getState().plan.nodes[0]?.config).toEqual({});
		getState().redo();
		expect(getState().plan.nodes[0]?.config).toEqual({ command: "npm" });
	});

	it.each([
		["another edit", (store: ReturnType<typeof openEditor>) => void store.getState().apply("Add step", addShell)],
		["leaving the field", (store: ReturnType<typeof openEditor>) => store.getState().seal()],
		[
			"undo",
			({ getState }: ReturnType<typeof openEditor>) => {
				getState().apply("Add step", addShell);
				getState().undo();
			},
		],
	])("is two edits with %s between", (_, interrupt) => {
		const store = openEditor();
		const { getState } = store;
		getState().apply("Add step", addShell);
		getState().apply("Change command", typeCommand("npm"), { coalesce: "shell.command" });
		interrupt(store);
		getState().apply("Change command", typeCommand("npm ci"), { coalesce: "shell.command" });
		getState().undo();
		expect(getState().plan.nodes[0]?.config).toEqual({ command: "npm" });
	});

	it("is two edits after a pause", () => {
		let time = 0;
		const { getState } = openEditor(() => time);
		getState().apply("Add step", addShell);
		getState().apply("Change command", typeCommand("npm"), { coalesce: "shell.command" });
		time += COALESCE_MS + 1;
		getState().apply("Change command", typeCommand("npm ci"), { coalesce: "shell.command" });
		getState().undo();
		expect(getState().plan.nodes[0]?.config).toEqual({ command: "npm" });
	});

	it("back to what stood there leaves no trace", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		const { plan } = getState();
		getState().apply("Change command", typeCommand("n"), { coalesce: "shell.command" });
		getState().apply("Change command", typeNothing, { coalesce: "shell.command" });
		expect(getState().plan).toBe(plan);
		expect(getState().undo()).toBe("Add step");
	});
});

describe("the selection", () => {
	it("becomes what was added, and comes back with undo and redo", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell, { select: "added" });
		getState().apply("Add step", addShell, { select: "added" });
		expect(getState().selection.nodes).toEqual(["shell_2"]);
		getState().undo();
		expect(getState().selection.nodes).toEqual(["shell"]);
		getState().redo();
		expect(getState().selection.nodes).toEqual(["shell_2"]);
	});

	it("loses what an edit removes and keeps the rest", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		getState().apply("Add step", addShell);
		getState().select({ nodes: ["shell", "shell_2"] });
		getState().apply("Delete", (plan) => removeNodes(plan, ["shell"]));
		expect(getState().selection.nodes).toEqual(["shell_2"]);
		getState().undo();
		expect(getState().selection.nodes).toEqual(["shell", "shell_2"]);
	});

	it("stays the same value while a field is typed in, so that nothing else draws anew", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell, { select: "added" });
		const { selection } = getState();
		getState().apply("Change command", typeCommand("ls"), { coalesce: "shell.command" });
		getState().select({ nodes: ["shell"] });
		expect(getState().selection).toBe(selection);
	});
});

describe("a draft", () => {
	it("is unsaved from an edit until the server has it, also when it has an older one", () => {
		const { getState } = openEditor();
		getState().apply("Add step", addShell);
		const sent = getState().plan;
		getState().apply("Add step", addShell);
		getState().markSaved({ revision: 2, plan: sent });
		expect(isUnsaved(getState())).toBe(true);
		getState().undo();
		expect(isUnsaved(getState())).toBe(false);
	});
});
