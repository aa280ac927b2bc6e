import { EditorView } from "@codemirror/view";
import { act, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, vi } from "vitest";
import { type Answers, createTestFrame } from "@/components/trpc/test-frame";
import type { NodeId, Plan } from "@/server/plan/plan";
import type { Role } from "@/server/teams/permissions";
import { createEditorSession, EditorSessionContext } from "../editor-session";
import { createEditorStore, EditorContext } from "../editor-store";
import { Inspector } from "./inspector";

// The editor of code is loaded when its field opens, which takes a while on a machine with other work.
configure({ asyncUtilTimeout: 10_000 });

interface TestInspectorOptions {
	/** The steps that are selected. */
	selected?: NodeId[];
	credentials?: string[];
	/** What `runs.lastOutputs` says of each step. */
	outputs?: Record<NodeId, unknown>;
	pins?: Record<NodeId, unknown>;
	answers?: Answers;
	/** The role of whoever looks, instead of owner. */
	role?: Role;
	/** Stands beside the inspector, inside the same editor. */
	beside?: ReactNode;
}

/** The inspector over a plan, with a server that knows what the test says. */
export function openInspector(plan: Plan, options: TestInspectorOptions = {}) {
	const { selected = [], credentials = ["slack"], outputs = {}, pins = {}, answers = {}, role, beside } = options;
	const saved = { revision: 1, plan };
	const store = createEditorStore({ saved }, () => 0);
	store.getState().select({ nodes: selected });
	const session = createEditorSession(store, { collapsed: new Set(), credentials, onCollapse: () => {} });
	const saveNow = vi.fn(async () => ({ revision: 7, plan: store.getState().plan }));
	let isRead = false;
	const server: Answers = {
		"runs.lastOutputs": () => {
			isRead = true;
			return { lastRun: null, steps: recorded(outputs) };
		},
		"workflows.draft": () => ({ plan, pins, credentials, ownCredentials: [] }),
		...answers,
	};
	const { frame, onError, queryClient } = createTestFrame(server, role);
	const view = render(
		frame(
			<EditorContext value={store}>
				<EditorSessionContext value={session}>
					<Inspector team="acme" slug="release" saveNow={saveNow} />
					{beside}
				</EditorSessionContext>
			</EditorContext>,
		),
	);
	const node = (id: NodeId) => store.getState().plan.nodes.find((each) => each.id === id);
	/** The values of the last run have come. */
	const loaded = async () => {
		await waitFor(() => expect([isRead, queryClient.isFetching()]).toEqual([true, 0]));
		await act(async () => {});
	};
	return { ...view, loaded, store, saveNow, onError, configOf: (id: NodeId) => node(id)?.config, node };
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

export function typeInto(field: HTMLElement, value: string): void {
	const caret = { selectionStart: value.length, selectionEnd: value.length };
	fireEvent.change(field, { target: { value, ...(field instanceof HTMLInputElement && caret) } });
}

/** Writes the whole text of a field of several lines, as somebody who types it. */
export async function writeCode(name: string, text: string): Promise<HTMLElement> {
	const content = await screen.findByRole("textbox", { name });
	const view = EditorView.findFromDOM(content);
	if (!view) throw new Error(`${name} is no field of several lines.`);
	act(() =>
		view.dispatch({
			changes: { from: 0, to: view.state.doc.length, insert: text },
			selection: { anchor: text.length },
			userEvent: "input.type",
		}),
	);
	return content;
}
