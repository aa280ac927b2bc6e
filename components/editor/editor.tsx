"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { Outputs } from "@/components/trpc/types";
import { readCollapsed, writeCollapsed } from "./canvas/collapsed-containers";
import { EditorFrame } from "./editor-frame";
import { createEditorSession, EditorSessionContext } from "./editor-session";
import { EditorContext } from "./editor-store";
import { openEditor } from "./kept-editors";
import { loadLazyParts } from "./load-lazy-parts";

interface EditorProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** A draft with its unsaved plan, its history and its canvas, for as long as the page is open. */
export function Editor({ team, draft }: EditorProps) {
	const [{ store, view }] = useState(() => openEditor(draft));
	const [session] = useState(() =>
		createEditorSession(store, {
			view,
			collapsed: readCollapsed(draft.id),
			credentials: draft.credentials ?? undefined,
			issues: draft.issues,
			onCollapse: (collapsed) => writeCollapsed(draft.id, collapsed),
		}),
	);
	useEffect(() => session.setCredentials(draft.credentials ?? undefined), [session, draft.credentials]);
	useEffect(() => session.follow(async () => (await loadLazyParts()).issuesOf), [session]);
	return (
		<EditorContext value={store}>
			<EditorSessionContext value={session}>
				<ReactFlowProvider>
					<EditorFrame team={team} draft={draft} />
				</ReactFlowProvider>
			</EditorSessionContext>
		</EditorContext>
	);
}
