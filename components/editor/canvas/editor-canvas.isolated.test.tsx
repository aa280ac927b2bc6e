// @vitest-environment happy-dom

import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useEffect } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeStep } from "@/components/canvas/run/describe-step";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorSession, type EditorSession, EditorSessionContext } from "../editor-session";
import { createEditorStore, EditorContext, type EditorStore } from "../editor-store";
import { issuesOf } from "../inspector/plan-issues";
import { EditorCanvas } from "./editor-canvas";

// Each step describes itself once whenever it is drawn: that is how drawings are counted.
vi.mock("@/components/canvas/run/describe-step", { spy: true });

// Few enough that all of them are in view with their names.
const ids = Array.from({ length: 36 }, (_, i) => `n${i}`);
const plan = testPlan(
	ids.map((id, i) => ({ id, position: { x: 248 * (1 + (i % 3)), y: 84 * Math.floor(i / 3) } })),
	ids.slice(1).map((id, i) => `n${i}>${id}`),
);

let editor: EditorStore;
let session: EditorSession;

beforeEach(() => {
	vi.stubGlobal("ResizeObserver", StillObserver);
	vi.stubGlobal("DOMMatrixReadOnly", Unscaled);
	editor = createEditorStore({ saved: { plan, revision: 1 } });
	session = createEditorSession(editor, { collapsed: new Set(), credentials: undefined, onCollapse: () => {} });
	render(
		<Frame>
			<EditorCanvas label="Canvas" isFixed={false}>
				{null}
			</EditorCanvas>
		</Frame>,
	);
	vi.mocked(describeStep).mockClear();
});
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

describe("what is drawn again", () => {
	it("typing in a field draws the step that it belongs to, and nothing else", () => {
		act(() => {
			for (const command of ["n", "np", "npm"]) {
				const edit = { id: "n7", path: ["command"], value: command };
				editor.getState().apply("Edit", (before) => setConfigField(before, edit, catalog), { coalesce: "command" });
			}
		});
		expect(drawnAgain()).toEqual(["n7"]);
		expect(screen.getByText("npm")).toBeDefined();
	});

	it("selecting a step draws it and the one that was selected before", () => {
		act(() => editor.getState().select({ nodes: ["n3"] }));
		vi.mocked(describeStep).mockClear();
		act(() => editor.getState().select({ nodes: ["n4"] }));
		expect(drawnAgain()).toEqual(["n3", "n4"]);
	});

	it("from afar a step keeps its name for those who listen, and draws none", () => {
		expect(screen.getByTitle("n7")).toBeDefined();
		act(() => session.canvas.setState({ isZoomedOut: true }));
		expect(screen.queryByTitle("n7")).toBeNull();
		expect(screen.getByRole("button", { name: /^n7,/ })).toBeDefined();
	});

	it("dragging a step draws no other one", () => {
		const step = screen.getByRole("button", { name: /^n7,/ });
		fireEvent.mouseDown(step, { clientX: 10, clientY: 10, button: 0, view: window });
		for (const at of [20, 40, 60]) fireEvent.mouseMove(window, { clientX: at, clientY: at, buttons: 1, view: window });
		expect(session.canvas.getState().edit?.moving.getState().size).toBe(2);
		fireEvent.mouseUp(window, { clientX: 60, clientY: 60, view: window });
		expect(drawnAgain()).toEqual(["n7"]);
		const moved = editor.getState().plan.nodes.find(({ id }) => id === "n7");
		expect(moved?.position).not.toEqual(plan.nodes[7]?.position);
	});
});

describe("what is dragged", () => {
	it("lies above everything else until it is let go", () => {
		const layerOf = (id: string) => Number(screen.getByTestId(`rf__node-${id}`).style.zIndex);
		const before = layerOf("n7");
		const step = screen.getByRole("button", { name: /^n7,/ });
		fireEvent.mouseDown(step, { clientX: 10, clientY: 10, button: 0, view: window });
		for (const at of [20, 40]) fireEvent.mouseMove(window, { clientX: at, clientY: at, buttons: 1, view: window });
		expect(layerOf("n7")).toBeGreaterThan(Math.max(...ids.filter((id) => id !== "n7").map(layerOf)));
		fireEvent.mouseUp(window, { clientX: 40, clientY: 40, view: window });
		expect(layerOf("n7")).toBe(before);
	});
});

function drawnAgain(): string[] {
	return [...new Set(vi.mocked(describeStep).mock.calls.map(([look]) => look.title))].sort();
}

function Frame({ children }: { children: ReactNode }) {
	useEffect(() => session.follow(async () => issuesOf), []);
	return (
		<EditorContext value={editor}>
			<EditorSessionContext value={session}>
				<ReactFlowProvider initialWidth={1_000} initialHeight={800}>
					{children}
				</ReactFlowProvider>
			</EditorSessionContext>
		</EditorContext>
	);
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
