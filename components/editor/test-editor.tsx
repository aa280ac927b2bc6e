import { ReactFlowProvider } from "@xyflow/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { createStore } from "zustand";
import type { Outputs } from "@/components/trpc/types";
import type { NodeId, Plan } from "@/server/plan/plan";
import { createEditorSession, EditorSessionContext } from "./editor-session";
import { createEditorStore, EditorContext } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";
import type { SavingView } from "./saving/draft-session";
import { type SavingPhase, startSaving } from "./saving/saving-state";
import type { DraftSaving } from "./saving/use-draft-saving";

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

/** The saving of a draft of revision 42, in whatever state the test says. */
export function createTestSaving(plan: Plan, phase: SavingPhase = { name: "saved" }, isKept = true) {
	const base = { revision: 42, plan };
	return {
		store: createStore<SavingView>(() => ({ isKept, saving: { ...startSaving(base), phase } })),
		saveNow: vi.fn<DraftSaving["saveNow"]>(async () => base),
		settle: vi.fn<DraftSaving["settle"]>(),
		replace: vi.fn<DraftSaving["replace"]>(),
	};
}

type Draft = Outputs["workflows"]["draft"];

/** What the server says of a workflow that somebody who may do everything has never published. */
export function createTestDraft(plan: Plan, changes: Partial<Draft> = {}): Draft {
	return {
		id: "w",
		slug: "release",
		name: "Release",
		description: "",
		archivedAt: null,
		teamName: "Acme",
		plan,
		revision: 42,
		savedBy: null,
		savedAt: new Date(0),
		version: null,
		publishedHash: null,
		isChanged: true,
		issues: [],
		pins: {},
		credentials: [],
		ownCredentials: [],
		canEdit: true,
		...changes,
	};
}
