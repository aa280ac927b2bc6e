"use client";

import { Clapperboard, Crosshair } from "lucide-react";
import { CanvasAnnouncer } from "@/components/canvas/run/canvas-announcer";
import { Button } from "@/components/ui/button";
import { isEnded } from "@/server/runs/state";
import { StillButton } from "./still-button";
import { StillPicture } from "./still-picture";
import type { StillProps } from "./still-props";

/** The canvas of a run as a picture. */
export function StillCanvas({ screen, onUse }: StillProps) {
	const { drawing, view, run, state, select } = screen;
	return (
		<StillPicture
			label={`Canvas of run ${run.number}`}
			drawing={drawing}
			view={view}
			onUse={onUse}
			onSelect={(id) => select(id, view.steps[id]?.iteration)}
			controls={
				state.seq > 0 &&
				!isEnded(state.phase.status) && (
					<StillButton label="Follow the run" size="bar" className="size-[26px]" onUse={onUse}>
						<Crosshair />
					</StillButton>
				)
			}
		>
			<div className="absolute bottom-3 left-3 z-10">
				<StillFilm screen={screen} onUse={onUse} />
			</div>
			<CanvasAnnouncer drawing={drawing} run={view} />
		</StillPicture>
	);
}

/** Plays a run that has ended. */
export function StillFilm({ screen, onUse }: StillProps) {
	if (!isEnded(screen.latest.phase.status)) return null;
	return (
		<Button className="bg-panel" onClick={() => onUse("Play the run")}>
			<Clapperboard />
			Play the run
		</Button>
	);
}
