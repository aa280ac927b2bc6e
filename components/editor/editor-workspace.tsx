"use client";

import { ResizeHandle } from "@/components/canvas/resize-handle";
import { useIsPhone } from "@/components/canvas/use-is-phone";
import { useStoredSize } from "@/components/canvas/use-stored-size";
import type { Outputs } from "@/components/trpc/types";
import { cn } from "@/components/ui/class-names";
import type { Issue } from "@/server/plan/issue";
import { CanvasTools } from "./canvas-tools";
import { RefusalNote, WaitingLine } from "./connect-line";
import { EditorCanvas } from "./editor-canvas";
import { FirstStep } from "./first-step";
import { HoverToolbar } from "./hover-toolbar";
import { Inspector } from "./inspector/inspector";
import { MeetingNote } from "./meeting-note";
import { Palette } from "./palette";
import { BottomPanel } from "./panels/bottom-panel";
import type { DraftSaving } from "./saving/use-draft-saving";
import type { Panels } from "./use-panels";

const PALETTE = { start: 208, min: 176, max: () => 320 };

interface EditorWorkspaceProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	panels: [Panels, (change: Partial<Panels>) => void];
	/** Something else is looked at: the draft stays as it is, with its history. */
	isHidden: boolean;
	onShowProblem: (issue: Issue) => void;
}

/** Palette, canvas with the panel below, inspector. On a phone the drawing, and the step that is opened. */
export function EditorWorkspace(props: EditorWorkspaceProps) {
	const { team, draft, saving, panels, isHidden, onShowProblem } = props;
	const [open, change] = panels;
	const { slug, name, credentials } = draft;
	const isPhone = useIsPhone();
	return (
		<div
			inert={isHidden}
			className={cn(
				"row-start-2 grid min-h-0 grid-cols-[auto_minmax(0,1fr)_auto] phone:grid-cols-[minmax(0,1fr)]",
				isHidden && "invisible",
			)}
		>
			{!isPhone && open.palette && <PaletteColumn />}
			<main className="col-start-2 grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto] phone:col-start-1">
				<EditorCanvas label={`Canvas of ${name}`} isFixed={isPhone}>
					{!isPhone && <DrawingTools />}
				</EditorCanvas>
				{!isPhone && (
					<BottomPanel
						team={team}
						slug={slug}
						credentials={credentials ?? undefined}
						saving={saving}
						tab={open.bottom}
						onTab={(bottom) => change({ bottom })}
						onShowProblem={onShowProblem}
						onCompare={() => {}}
					/>
				)}
			</main>
			{(isPhone || open.inspector) && (
				<div data-inspector="" className="min-h-0">
					<Inspector team={team} slug={slug} saveNow={saving.saveNow} />
				</div>
			)}
		</div>
	);
}

function PaletteColumn() {
	const [width, setWidth] = useStoredSize("palette", PALETTE);
	return (
		<aside
			aria-label="Steps to add"
			className="relative col-start-1 min-h-0 border-line border-r bg-page"
			style={{ width }}
		>
			<Palette />
			<ResizeHandle label="Width of the palette" edge="right" size={width} onResize={setWidth} />
		</aside>
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
			<FirstStep />
		</>
	);
}
