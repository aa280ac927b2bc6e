"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { Outputs } from "@/components/trpc/types";
import { readShut, writeShut } from "./canvas/shut-containers";
import { EditorFrame } from "./editor-frame";
import { EditorContext } from "./editor-store";
import { openEditor } from "./kept-editors";
import { loadLateParts } from "./load-late";
import { createWorkbench, WorkbenchContext } from "./workbench";

interface EditorProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** A draft with its unsaved plan, its history and its canvas, for as long as the page is open. */
export function Editor({ team, draft }: EditorProps) {
	const [{ store, view }] = useState(() => openEditor(draft));
	const [bench] = useState(() =>
		createWorkbench(store, {
			view,
			shut: readShut(draft.id),
			credentials: draft.credentials ?? undefined,
			issues: draft.issues,
			onShut: (shut) => writeShut(draft.id, shut),
		}),
	);
	useEffect(() => bench.follow(async () => (await loadLateParts()).issuesOf), [bench]);
	return (
		<EditorContext value={store}>
			<WorkbenchContext value={bench}>
				<ReactFlowProvider>
					<EditorFrame team={team} draft={draft} />
				</ReactFlowProvider>
			</WorkbenchContext>
		</EditorContext>
	);
}
