"use client";

import type { ReactNode } from "react";
import { DrawingStrip } from "@/components/canvas/drawing-strip";
import { PhoneRunFacts } from "@/components/runs/phone/phone-run-facts";
import { PhoneRunHead } from "@/components/runs/phone/phone-run-head";
import { PhoneStepList } from "@/components/runs/phone/phone-step-list";
import { ConnectionState } from "@/components/runs/run-facts";
import { TAB_LIST_LOOK, TabFrame } from "@/components/ui/tab-frame";
import { StillFilm } from "./still-canvas";
import { StillTab } from "./still-details";
import type { StillProps } from "./still-props";

/** A shared run on a phone, before anything is tapped. */
export function StillPhone({ screen, onUse, actions }: StillProps & { actions: ReactNode }) {
	const { phase } = screen.state;
	return (
		<div className="flex h-dvh flex-col">
			<PhoneRunHead screen={screen} />
			<DrawingStrip drawing={screen.drawing} run={screen.view} onOpen={() => onUse("Open the drawing")} />
			<main className="flex min-h-0 flex-1 flex-col">
				<PhoneRunFacts screen={screen} />
				<TabFrame>
					<div role="tablist" aria-label="Details of the run" className={TAB_LIST_LOOK}>
						<StillTab name="Steps" isShown />
						{screen.shows.logs && <StillTab name="Logs" onUse={onUse} />}
						{screen.shows.files && <StillTab name="Files" onUse={onUse} />}
					</div>
				</TabFrame>
				<div role="tabpanel" aria-label="Steps" className="min-h-0 flex-1 overflow-y-auto bg-panel">
					<PhoneStepList screen={screen} />
				</div>
			</main>
			{phase.status === "paused" && (
				<p className="flex-none border-line border-t bg-page px-4 pt-3 text-12">
					<ConnectionState screen={screen} />
				</p>
			)}
			<div className="grid flex-none gap-2 border-line border-t bg-page px-4 pt-3 pb-5">
				<StillFilm screen={screen} onUse={onUse} />
				{actions}
			</div>
		</div>
	);
}
