"use client";

import { PanelRightClose, PanelRightOpen } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { PlanCanvas } from "@/components/canvas/plan-canvas";
import { ShownMoment } from "@/components/ui/hooks/use-now";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { IconButton } from "@/components/ui/icon-button";
import { ResizeHandle } from "@/components/ui/resize-handle";
import { isEnded } from "@/server/runs/state";
import { BottomPanel } from "./bottom-panel";
import { RunFiles } from "./files/run-files";
import { RunFilm } from "./film/run-film";
import { FRAME, RunFrame } from "./run-frame";
import { RunPanel } from "./run-panel";
import { treesOf } from "./run-value";
import { StepPanel } from "./step/step-panel";
import type { RunScreen } from "./use-run-screen";

const STEP_PANEL = { start: FRAME.side, min: 320, max: () => Math.min(640, Math.floor(innerWidth / 2)) };
const BOTTOM_PANEL = { start: FRAME.details, min: 120, max: () => innerHeight / 2 };

interface RunDesktopProps {
	screen: RunScreen;
	/** Across the top. */
	bar: ReactNode;
}

/** A run on a screen with room: the canvas, its timeline below, the chosen step at the right. */
export function RunDesktop({ screen, bar }: RunDesktopProps) {
	const [side, setSide] = useStoredSize("step", STEP_PANEL);
	const [bottom, setBottom] = useStoredSize("bottom", BOTTOM_PANEL);
	const [sideOpen, setSideOpen] = useState(true);
	const [bottomOpen, setBottomOpen] = useState(true);
	return (
		<ShownMoment value={screen.film.at}>
			<RunFrame
				screen={screen}
				bar={bar}
				sizes={{ side, details: bottomOpen ? bottom : FRAME.closed }}
				canvas={
					<RunCanvas screen={screen}>
						{!sideOpen && <ShowStep onShow={() => setSideOpen(true)} />}
						<div className="absolute bottom-3 left-3 z-10">
							<RunFilm film={screen.film} download={screen.download} />
						</div>
					</RunCanvas>
				}
				details={
					<>
						{bottomOpen && <ResizeHandle label="Height of the details" edge="top" size={bottom} onResize={setBottom} />}
						<BottomPanel screen={screen} open={bottomOpen} onOpenChange={setBottomOpen} />
					</>
				}
				side={sideOpen && <Side screen={screen} width={side} onResize={setSide} onHide={() => setSideOpen(false)} />}
			/>
		</ShownMoment>
	);
}

function ShowStep({ onShow }: { onShow: () => void }) {
	return (
		<div className="absolute top-3 right-3 z-10 rounded-3 border border-line bg-panel p-[3px] shadow-1">
			<IconButton label="Show the step" onClick={onShow}>
				<PanelRightOpen />
			</IconButton>
		</div>
	);
}

interface SideProps {
	screen: RunScreen;
	width: number;
	onResize: (width: number) => void;
	onHide: () => void;
}

/** The chosen step, or the run itself. */
function Side({ screen, width, onResize, onHide }: SideProps) {
	const { selected } = screen;
	return (
		<aside aria-label="Step" className="relative min-h-0 min-w-0 border-line border-l bg-panel">
			<ResizeHandle label="Width of the step" edge="left" size={width} onResize={onResize} />
			<div className="absolute top-4 -left-9 z-20">
				<IconButton
					label="Hide the step"
					size="panel"
					className="border border-line bg-panel shadow-1"
					onClick={onHide}
				>
					<PanelRightClose />
				</IconButton>
			</div>
			{selected ? (
				<StepPanel screen={screen} selected={selected} />
			) : (
				<RunPanel screen={screen} values={treesOf(screen.run)} files={<RunFiles screen={screen} />} />
			)}
		</aside>
	);
}

interface RunCanvasProps {
	screen: RunScreen;
	children?: ReactNode;
}

export function RunCanvas({ screen, children }: RunCanvasProps) {
	const { drawing, view, state, selected, run } = screen;
	const pinned = useMemo(() => Object.fromEntries(run.pinned.map((id) => [id, "output" as const])), [run.pinned]);
	return (
		<PlanCanvas
			drawing={drawing}
			run={view}
			started={state.phase.status !== "queued"}
			live={state.seq > 0 && !isEnded(state.phase.status)}
			selected={selected?.id ?? null}
			pinned={pinned}
			comments={screen.parts?.commentCounts}
			onSelect={(id) => screen.select(id, id === null ? undefined : view.steps[id]?.iteration)}
			onTurn={screen.turn}
			label={`Canvas of run ${screen.run.number}`}
		>
			{children}
		</PlanCanvas>
	);
}
