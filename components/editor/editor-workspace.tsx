"use client";

import { Panel } from "@xyflow/react";
import { useEffect } from "react";
import { KeepCentered } from "@/components/canvas/keep-centered";
import type { Outputs } from "@/components/trpc/types";
import { cn } from "@/components/ui/class-names";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import { ResizeHandle } from "@/components/ui/resize-handle";
import type { Issue } from "@/server/plan/issue";
import { EditorCanvas } from "./canvas/editor-canvas";
import { KeepInView } from "./canvas/keep-in-view";
import { MeetingNote } from "./canvas/meeting-note";
import { useShowProblem } from "./canvas/use-show-problem";
import { PendingEdge, RefusalNote } from "./connecting/connection-line";
import { useSessionState } from "./editor-session";
import { FirstStep } from "./insert/first-step";
import { Palette } from "./insert/palette";
import { InspectorColumn } from "./inspector-column";
import { useLazyParts } from "./load-lazy-parts";
import { INSPECTOR_WIDTH, inspectorWidth, PALETTE_WIDTH, paletteRoom, paletteWidth } from "./panel-widths";
import { BottomPanel } from "./panels/bottom-panel";
import { ViewSwitch } from "./panels/view-switch";
import type { PhoneWorkspaceProps } from "./phone/phone-workspace";
import type { PresenceStore } from "./presence/presence-store";
import { VisitorMarks } from "./presence/visitor-marks";
import { ConflictNote } from "./saving/conflict-note";
import type { DraftSaving } from "./saving/use-draft-saving";
import type { EditorViews } from "./use-editor-views";
import type { Panels } from "./use-panels";

const phoneWorkspace: LargePart<PhoneWorkspaceProps> = {
	load: () => import("./phone/phone-workspace").then((module) => module.PhoneWorkspace),
	name: "The list of steps",
};

interface EditorWorkspaceProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	panels: [Panels, (change: Partial<Panels>) => void];
	presence: PresenceStore;
	views: EditorViews;
	/** A run or a test is being started. */
	busy: boolean;
	/** Something else is looked at: the draft stays as it is, with its history. */
	isHidden: boolean;
}

/** Palette, canvas with the panel below, inspector; or canvas and YAML. On a phone a list, and the step that is opened. */
export function EditorWorkspace(props: EditorWorkspaceProps) {
	const { team, draft, saving, views, panels, busy, isHidden } = props;
	const [open] = panels;
	const isPhone = useIsPhone();
	const isYaml = views.view === "yaml" && !isPhone;
	const late = useLazyParts();
	const [palette, setPalette] = useStoredSize("palette", PALETTE_WIDTH);
	useRoomForForm(panels);
	const showProblem = useShowProblem();
	const hasPalette = !isYaml && !isPhone && open.palette;
	return (
		<div
			inert={isHidden}
			style={hasPalette ? paletteRoom(palette, open.inspector) : undefined}
			className={cn(
				"row-start-2 grid min-h-0 grid-cols-[auto_minmax(0,1fr)_auto] phone:grid-cols-[minmax(0,1fr)]",
				isHidden && "invisible",
			)}
		>
			{hasPalette && <PaletteColumn width={palette} onResize={setPalette} />}
			{isPhone ? (
				<LazyPart part={phoneWorkspace} props={{ draft, busy, onShowProblem: showProblem }} />
			) : (
				<Drawing {...props} isYaml={isYaml} onShowProblem={showProblem} />
			)}
			<Yaml {...props} isShown={isYaml} />
			{(isPhone || open.inspector) && !isYaml && (
				<InspectorColumn>
					{!late ? (
						<InspectorPlace />
					) : views.describing ? (
						<late.DescribePanel team={team} slug={draft.slug} onClose={() => views.change({ describing: false })} />
					) : (
						<late.Inspector team={team} slug={draft.slug} saveNow={saving.saveNow} />
					)}
				</InspectorColumn>
			)}
		</div>
	);
}

/** The form of a step that has just been added is shown, also where the settings were hidden. */
function useRoomForForm([open, change]: EditorWorkspaceProps["panels"]): void {
	const isOpening = useSessionState(({ opening }) => opening !== null);
	const isMissing = isOpening && !open.inspector;
	useEffect(() => {
		if (isMissing) change({ inspector: true });
	}, [isMissing, change]);
}

interface DrawingProps extends EditorWorkspaceProps {
	isYaml: boolean;
	onShowProblem: (issue: Issue) => void;
}

function Drawing({ isYaml, onShowProblem, ...props }: DrawingProps) {
	const { draft, saving, presence, views, panels } = props;
	const [open] = panels;
	const late = useLazyParts();
	return (
		<main className="relative col-start-2 grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto]">
			<EditorCanvas label={`Canvas of ${draft.name}`} isFixed={false}>
				<DrawingTools views={views} hasPalette={open.palette && !isYaml} />
				<KeepCentered />
				<KeepInView />
				<VisitorMarks presence={presence} />
				<ConflictNote saving={saving} onMerge={() => views.change({ wantsMerge: true })} />
			</EditorCanvas>
			{!isYaml && <Below {...props} onShowProblem={onShowProblem} />}
			{late && <late.ProposedDrawing />}
		</main>
	);
}

/** The room of the inspector, until it is there. */
function InspectorPlace() {
	const [width] = useStoredSize("inspector", INSPECTOR_WIDTH);
	return <div className="h-full border-line border-l bg-panel phone:hidden" style={{ width: inspectorWidth(width) }} />;
}

/** Text that is not applied yet stays while the canvas is looked at. */
function Yaml({ team, draft, views, isShown }: EditorWorkspaceProps & { isShown: boolean }) {
	const { change, dropped, unapplied } = views;
	const late = useLazyParts();
	if (!late || (!isShown && unapplied === 0)) return null;
	return (
		<div hidden={!isShown} className="min-h-0 [&:not([hidden])]:grid">
			<late.YamlPanel
				team={team}
				names={draft}
				credentials={draft.credentials ?? undefined}
				dropped={dropped}
				onUnapplied={(count) => change({ unapplied: count })}
			/>
		</div>
	);
}

function Below({ team, draft, saving, panels, views, onShowProblem }: Omit<DrawingProps, "isYaml">) {
	const [open, change] = panels;
	return (
		<BottomPanel
			team={team}
			slug={draft.slug}
			saving={saving}
			tab={open.bottom}
			onTab={(bottom) => change({ bottom })}
			onShowProblem={onShowProblem}
			onCompare={(comparing) => views.change({ comparing })}
			onExport={(exported) => views.change({ asking: { exported } })}
		/>
	);
}

function PaletteColumn({ width, onResize }: { width: number; onResize: (width: number) => void }) {
	return (
		<aside
			aria-label="Steps to add"
			className="relative col-start-1 min-h-0 border-line border-r bg-page"
			style={{ width: paletteWidth }}
		>
			<Palette />
			<ResizeHandle label="Width of the palette" edge="right" size={width} onResize={onResize} />
		</aside>
	);
}

function DrawingTools({ views, hasPalette }: { views: EditorViews; hasPalette: boolean }) {
	const late = useLazyParts();
	return (
		<>
			<Panel position="top-left" className="m-3! flex gap-2">
				{late && !hasPalette && views.view === "canvas" && <late.PaletteButton />}
				<ViewSwitch value={views.view} onChange={(view) => views.change({ view })} />
			</Panel>
			{late && (
				<>
					<late.CanvasTools />
					<late.HoverToolbar />
					<late.ContextMenu />
				</>
			)}
			<RefusalNote />
			<PendingEdge />
			<MeetingNote />
			<FirstStep />
		</>
	);
}
