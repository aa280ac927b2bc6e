// @vitest-environment happy-dom

import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { ReactFlowProvider } from "@xyflow/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { viewStep } from "@/components/canvas/run/view-step";
import { EditorCanvas } from "@/components/editor/canvas/editor-canvas";
import { Palette } from "@/components/editor/insert/palette";
import { suggestNext } from "@/components/editor/insert/suggest-next";
import { openInspector, typeInto } from "@/components/editor/inspector/test-inspector";
import { testPlan } from "@/server/plan/test-plan";
import { setConfigField } from "../plan/edits/set-config";
import { planSchema } from "../plan/plan";
import { validatePlan } from "../plan/validate/validate-plan";
import { foldRun, initialRunState } from "../runs/state";
import { catalog } from "./catalog";

vi.mock("./catalog", async (importOriginal) => {
	const { addDefinitions } = await import("./new-types.fixture");
	return addDefinitions(await importOriginal<typeof import("./catalog")>());
});

beforeEach(() => {
	localStorage.clear();
	vi.stubGlobal("ResizeObserver", StillObserver);
	vi.stubGlobal("DOMMatrixReadOnly", Unscaled);
});
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

const plan = testPlan(
	[
		{ id: "batch", type: "batch", name: "Numbers", config: { size: 3 } },
		{ id: "inside", type: "tally", name: "Inside", parent: "batch", config: { count: "{{ item }}" } },
		{ id: "note", type: "comment", name: "Note", parent: "batch", config: { text: "{{ item }} is fine." } },
		{ id: "ask", type: "question", name: "Sure?", config: { text: "Go on?", seconds: 5 } },
		{ id: "tally", type: "tally", name: "Check", config: { count: 2, limit: "at-most", most: 4 } },
		{ id: "calm", type: "comment", name: "Calm", config: { text: "Fine." } },
	],
	["inside.within -> note", "batch -> ask", "ask.silence -> tally", "tally.within -> calm"],
);

const messagesOf = (changed: typeof plan) =>
	validatePlan(changed, { definitions: catalog }).map(({ nodeId, message }) => [nodeId, message]);

it("is checked like the others: its config, its ports and what its body binds", () => {
	expect(messagesOf(plan)).toEqual([]);
	const [batch, inside, ...others] = plan.nodes;
	if (!batch || !inside) throw new Error("The plan has lost its first steps.");
	const wrong = {
		...plan,
		nodes: [{ ...batch, config: { size: 12 } }, { ...inside, parent: undefined }, ...others],
		edges: [],
	};
	const messages = messagesOf(planSchema.parse(JSON.parse(JSON.stringify(wrong))));
	expect(messages).toContainEqual(["batch", expect.stringContaining("Size")]);
	expect(messages).toContainEqual([
		"inside",
		"item can only be used inside a for each or a batch. Move the step into one, or use another value.",
	]);
	const stray = { ...plan, edges: [...plan.edges, { from: "tally", port: "sideways", to: "ask" }] };
	expect(messagesOf(stray)).toContainEqual(["tally", expect.stringContaining("sideways")]);
});

it("is found in the palette, and offered after a step that gives what it takes", () => {
	openInspector(plan, {
		beside: (
			<Flow>
				<Palette />
			</Flow>
		),
	});
	fireEvent.change(screen.getByRole("searchbox", { name: "Find a step" }), { target: { value: "threshold" } });
	expect(screen.getByRole("button", { name: /Tally/ })).toBeDefined();
	expect(suggestNext("shell").fits).toContain("tally");
	expect(suggestNext("comment").fits).not.toContain("tally");
});

it("shows a field of its form once another one calls for it, and while it holds a value", () => {
	const { configOf, store } = openInspector(plan, { selected: ["inside"] });
	const highest = () => screen.queryByRole("textbox", { name: "Highest count" });
	expect(highest()).toBeNull();
	const chosen = { id: "inside", path: ["limit"], value: "at-most" };
	act(() => store.getState().apply("Choose", (before) => setConfigField(before, chosen, catalog)));
	expect(highest()).not.toBeNull();
	typeInto(screen.getByRole("textbox", { name: "Highest count" }), "2");
	expect(configOf("inside")).toEqual({ count: "{{ item }}", limit: "at-most", most: 2 });
});

it("is drawn with its icon, its second line and its ports, and its body with how it runs", () => {
	openInspector(plan, {
		beside: (
			<Flow>
				<EditorCanvas label="Canvas" isFixed={false}>
					{null}
				</EditorCanvas>
			</Flow>
		),
	});
	expect(screen.getByRole("button", { name: "Check, Tally, at most 4" })).toBeDefined();
	expect(screen.getByRole("button", { name: "Sure?, Question, Go on?" })).toBeDefined();
	expect(screen.getByText("all at once")).toBeDefined();
	expect(screen.getAllByText("over")).toHaveLength(2);
	expect(screen.getByText("silence")).toBeDefined();
});

it("tells on a run which port it took", () => {
	const events = [
		{ type: "step.started" as const, data: { attempt: 1, maxAttempts: 1 } },
		{ type: "step.completed" as const, data: { attempt: 1, port: "over" } },
	].map((event, index) => ({ ...event, seq: index + 1, at: index, nodeId: "tally", iteration: "" }));
	const run = foldRun(initialRunState, events);
	const node = plan.nodes.find(({ id }) => id === "tally");
	const step = run.steps.tally;
	expect(node && step && viewStep(node, step, run)).toMatchObject({ look: "completed", port: "over", text: "over" });
});

function Flow({ children }: { children: ReactNode }) {
	return (
		<ReactFlowProvider initialWidth={1_600} initialHeight={800}>
			{children}
		</ReactFlowProvider>
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
