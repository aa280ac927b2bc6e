import { render } from "@testing-library/react";
import { vi } from "vitest";
import { type Answers, createTestFrame } from "@/components/trpc/test-frame";
import type { NodeId, Plan } from "@/server/plan/plan";
import { createEditorStore, EditorContext } from "../editor-store";
import { createWorkbench, WorkbenchContext } from "../workbench";
import { Inspector } from "./inspector";

interface TestInspectorOptions {
	/** The steps that are selected. */
	selected?: NodeId[];
	credentials?: string[];
	/** What `runs.lastOutputs` says of each step. */
	outputs?: Record<NodeId, unknown>;
	pins?: Record<NodeId, unknown>;
	answers?: Answers;
	/** Stands beside the inspector, inside the same editor. */
	beside?: React.ReactNode;
}

/** The inspector over a plan, with a server that knows what the test says. */
export function openInspector(plan: Plan, options: TestInspectorOptions = {}) {
	const { selected = [], credentials = ["slack"], outputs = {}, pins = {}, answers = {}, beside } = options;
	const saved = { revision: 1, plan };
	const store = createEditorStore({ saved }, () => 0);
	store.getState().select({ nodes: selected });
	const bench = createWorkbench(store, { shut: new Set(), credentials, onShut: () => {} });
	const saveNow = vi.fn(async () => ({ revision: 7, plan: store.getState().plan }));
	const { frame, onError } = createTestFrame({
		"runs.lastOutputs": () => ({ lastRun: null, steps: recorded(outputs) }),
		"workflows.draft": () => ({ pins, credentials }),
		...answers,
	});
	const view = render(
		frame(
			<EditorContext value={store}>
				<WorkbenchContext value={bench}>
					<Inspector team="acme" slug="release" saveNow={saveNow} />
					{beside}
				</WorkbenchContext>
			</EditorContext>,
		),
	);
	const node = (id: NodeId) => store.getState().plan.nodes.find((each) => each.id === id);
	return { ...view, store, saveNow, onError, configOf: (id: NodeId) => node(id)?.config, node };
}

function recorded(outputs: Record<NodeId, unknown>) {
	const run = { id: "r", number: 12, kind: "run" };
	const facts = { iteration: "", status: "completed", port: "out", endedAt: new Date(0), run };
	return Object.fromEntries(
		Object.entries(outputs).map(([id, value]) => [
			id,
			{ ...facts, input: { value: {}, truncated: false }, output: { value, truncated: false } },
		]),
	);
}
