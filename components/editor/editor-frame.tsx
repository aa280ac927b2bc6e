"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { ResizeHandle } from "@/components/canvas/resize-handle";
import { RunsList } from "@/components/runs/runs-list";
import { useIsPhone } from "@/components/canvas/use-is-phone";
import { useStoredSize } from "@/components/canvas/use-stored-size";
import type { Outputs } from "@/components/trpc/types";
import { cn } from "@/components/ui/class-names";
import { CanvasTools } from "./canvas-tools";
import { CommandPalette } from "./command-palette";
import { RefusalNote, WaitingLine } from "./connect-line";
import { ConnectMenu } from "./connect-menu";
import { EditorAnnouncer } from "./editor-announcer";
import { EditorCanvas } from "./editor-canvas";
import { EditorTopBar } from "./editor-top-bar";
import { HoverToolbar } from "./hover-toolbar";
import { InsertPicker } from "./insert-picker";
import { MeetingNote } from "./meeting-note";
import { Palette } from "./palette";
import { usePresence } from "./presence/use-presence";
import { type DraftSaving, useDraftSaving } from "./saving/use-draft-saving";
import { ActionsContext, useActionKeys, useCanvasActions, useClipboard } from "./use-actions";
import { useEditorRuns } from "./use-editor-runs";

const PALETTE = { start: 208, min: 176, max: () => 320 };

interface EditorFrameProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** Top bar, palette, canvas, inspector and bottom panel; sizes are kept by this browser. */
export function EditorFrame({ team, draft }: EditorFrameProps) {
	const { slug, id } = draft;
	const presence = usePresence({ team, slug });
	const saving = useDraftSaving({ team, slug, workflowId: id, presence });
	const tab = useSearchParams().get("tab") === "runs" ? "runs" : "workflow";
	const runs = useEditorRuns({ team, draft, saving, onPublish: () => {} });
	const canvas = useCanvasActions();
	const actions = useMemo(() => [...runs.actions, ...canvas], [runs.actions, canvas]);
	useActionKeys(tab === "runs" ? NO_ACTIONS : actions);
	useClipboard(tab === "workflow");
	return (
		<ActionsContext value={actions}>
			<div className="relative grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)]">
				<EditorTopBar team={team} draft={draft} saving={saving} tab={tab} busy={runs.busy} onProblems={() => {}} />
				<Workspace team={team} draft={draft} saving={saving} hidden={tab === "runs"} />
				{tab === "runs" && (
					<div className="row-start-2 min-h-0 [grid-column:1] bg-page">
						<RunsList team={team} slug={slug} />
					</div>
				)}
			</div>
			<CommandPalette team={team} slug={slug} name={draft.name} />
			<ConnectMenu />
			<InsertPicker />
			<EditorAnnouncer />
			{runs.dialog}
		</ActionsContext>
	);
}

const NO_ACTIONS = [] as const;

interface WorkspaceProps extends EditorFrameProps {
	saving: DraftSaving;
	/** The runs are looked at: the draft stays as it is, with its history. */
	hidden: boolean;
}

function Workspace({ team, draft, saving, hidden }: WorkspaceProps) {
	const { slug, name } = draft;
	const [palette, setPalette] = useStoredSize("palette", PALETTE);
	const isPhone = useIsPhone();
	return (
		<div
			inert={hidden}
			className={cn("row-start-2 grid min-h-0 [grid-column:1]", hidden && "invisible")}
			style={{ gridTemplateColumns: isPhone ? "minmax(0, 1fr)" : `${palette}px minmax(0, 1fr) auto` }}
		>
			{!isPhone && (
				<aside aria-label="Steps to add" className="relative min-h-0 border-line border-r bg-page">
					<Palette />
					<ResizeHandle label="Width of the palette" edge="right" size={palette} onResize={setPalette} />
				</aside>
			)}
			<main className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto]">
				<EditorCanvas label={`Canvas of ${name}`} isFixed={isPhone}>
					{!isPhone && <DrawingTools />}
				</EditorCanvas>
			</main>
			<div data-inspector="" className="min-h-0"></div>
		</div>
	);
}

function DrawingTools() {
	return (
		<>
			<CanvasTools />
			<HoverToolbar />
			<RefusalNote />
			<WaitingLine />
			<MeetingNote />
		</>
	);
}
