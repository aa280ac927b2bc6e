// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createTestDraft, createTestEditor } from "../test-editor";
import { PhoneWorkspace } from "./phone-workspace";

beforeEach(() => {
	vi.stubGlobal("ResizeObserver", StillObserver);
	vi.stubGlobal("DOMMatrixReadOnly", Unscaled);
});
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

const branches = testPlan(
	[
		"build",
		{ id: "green", name: "Green?", type: "condition", config: { when: "true" } },
		{ id: "ship", name: "Ship", disabled: true },
		{ id: "tell", name: "Tell" },
	],
	["build>green", "green.true>ship", "green.false>tell"],
);

function openPhone(plan: Plan, draft: Parameters<typeof createTestDraft>[1] = {}) {
	const { editor, session, around } = createTestEditor(plan);
	const onShowProblem = vi.fn();
	const { frame } = createTestFrame({});
	render(
		frame(around(<PhoneWorkspace draft={createTestDraft(plan, draft)} busy={false} onShowProblem={onShowProblem} />)),
	);
	return { editor, session, onShowProblem };
}

const rows = () => within(screen.getByRole("list")).getAllByRole("button");
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

describe("the steps of a workflow on a phone", () => {
	it("are a list that says of each its type, its branch and whether it is put aside", () => {
		openPhone(branches);
		expect(rows().map((row) => row.querySelector("span")?.textContent)).toEqual([
			expect.stringMatching(/^build, Shell, true$/),
			expect.stringMatching(/^Green\?, Condition, /),
			expect.stringMatching(/^Ship, Shell, disabled, .*, on branch true$/),
			expect.stringMatching(/^Tell, Shell, .*, on branch false$/),
		]);
	});

	it("open their form when they are pressed", () => {
		const { editor } = openPhone(branches);
		press(/^Tell, /);
		expect(editor.getState().selection.nodes).toEqual(["tell"]);
		press(/^build, /);
		expect(editor.getState().selection.nodes).toEqual(["build"]);
	});

	it("follow every edit, also one that is undone", () => {
		const { editor } = openPhone(branches);
		act(() => void editor.getState().apply("Rename", (plan) => rename(plan, "build", "Make")));
		expect(screen.getByRole("button", { name: /^Make, Shell/ })).toBeDefined();
		act(() => void editor.getState().undo());
		expect(screen.getByRole("button", { name: /^build, Shell/ })).toBeDefined();
	});

	it("are all there when there are three hundred", () => {
		openPhone(
			testPlan(
				Array.from({ length: 300 }, (_, i) => `s${i}`),
				Array.from({ length: 299 }, (_, i) => `s${i}>s${i + 1}`),
			),
		);
		expect(rows()).toHaveLength(300);
	});

	it("have their problems above them and beside them, and a problem leads to its step", () => {
		const { onShowProblem } = openPhone(testPlan([{ id: "a", config: { command: "" } }], []));
		const problems = within(screen.getByRole("region", { name: "Problems" }));
		fireEvent.click(problems.getByRole("button", { name: /Enter the command to run/ }));
		expect(onShowProblem.mock.calls).toEqual([[expect.objectContaining({ nodeId: "a", field: "config.command" })]]);
		expect(screen.getByRole("button", { name: /^a, Shell, .*1 problem/ })).toBeDefined();
	});
});

describe("adding steps on a phone", () => {
	it("begins with the first one, and says where branches are drawn", () => {
		const { session } = openPhone(testPlan([], []));
		expect(screen.getByText("No steps yet")).toBeDefined();
		press("Add the first step");
		expect(session.state.getState().picking?.place.kind).toBe("at");
	});

	it("goes on after the last one of the line", () => {
		const { session } = openPhone(testPlan(["a", "b"], ["a>b"]));
		press("Add a step");
		expect(session.state.getState().picking?.place).toEqual({ kind: "after", from: "b", port: "out" });
	});
});

describe("what is published, on a phone", () => {
	const plan = testPlan(["a"], []);

	it.each([
		[{ version: null }, "not yet"],
		[{ version: 3, publishedHash: hashPlan(plan) }, "v3"],
		[{ version: 3, publishedHash: "another" }, "v3, changed since"],
	])("is said among the facts: %o", (draft, text) => {
		openPhone(plan, draft);
		expect(screen.getByText(text)).toBeDefined();
	});
});

describe("the drawing on a phone", () => {
	it("opens over the list, and closes again", () => {
		openPhone(branches);
		press("Open the drawing");
		expect(screen.getByRole("region", { name: "Canvas of Release" })).toBeDefined();
		press("Close the drawing");
		expect(screen.queryByRole("region", { name: "Canvas of Release" })).toBeNull();
	});
});

function rename(plan: Plan, id: string, name: string): Plan {
	return { ...plan, nodes: plan.nodes.map((node) => (node.id === id ? { ...node, name } : node)) };
}

class StillObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}

/** What React Flow reads the zoom from. */
class Unscaled {
	m22 = 1;
}
