import { ReactFlowProvider } from "@xyflow/react";
import type { ReactNode } from "react";
import type { NodeId, Plan } from "@/server/plan/plan";
import { createEditorSession, EditorSessionContext } from "./editor-session";
import { createEditorStore, EditorContext } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";

interface TestEditorOptions {
	/** The steps that are selected. */
	selected?: readonly NodeId[];
	/** The containers that are closed. */
	collapsed?: readonly NodeId[];
	credentials?: readonly string[];
}

/** An open editor over a plan, with the problems that the plan has; `around` puts components inside it. */
export function createTestEditor(plan: Plan, options: TestEditorOptions = {}) {
	const { selected = [], collapsed = [], credentials = [] } = options;
	const editor = createEditorStore({ saved: { revision: 1, plan } }, () => 0);
	const issues = issuesOf(plan, credentials).all;
	const session = createEditorSession(editor, {
		collapsed: new Set(collapsed),
		credentials,
		issues,
		onCollapse: () => {},
	});
	session.follow(async () => issuesOf);
	editor.getState().select({ nodes: [...selected] });
	const around = (children: ReactNode) => (
		<EditorContext value={editor}>
			<EditorSessionContext value={session}>
				<ReactFlowProvider initialWidth={1_000} initialHeight={800}>
					{children}
				</ReactFlowProvider>
			</EditorSessionContext>
		</EditorContext>
	);
	/** What was read out last. */
	const said = () => session.state.getState().announcement.text;
	return { editor, session, around, said };
}
