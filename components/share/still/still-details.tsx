"use client";

import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";
import { useStore } from "zustand";
import { TimelineKey } from "@/components/runs/timeline/timeline-key";
import { Badge } from "@/components/ui/chip";
import { formatCount } from "@/components/ui/format/format-number";
import { CHECKBOX_LOOK } from "@/components/ui/forms/checkbox-look";
import { TAB_LIST_LOOK, TAB_LOOK, TabFrame } from "@/components/ui/tab-frame";
import { StillButton } from "./still-button";
import type { StillProps } from "./still-props";
import { StillTimeline } from "./still-timeline";

/** The timeline under the canvas; logs and events are loaded when they are wanted. */
export function StillDetails({ screen, onUse }: StillProps) {
	const events = useStore(screen.store, (record) => record.events.length);
	const id = useId();
	return (
		<div className="flex h-full min-h-0 flex-col">
			<TabFrame
				size="strip"
				end={
					<>
						<TimelineKey id={id}>
							{/* biome-ignore lint/a11y/useSemanticElements: as the checkbox of the page of a run, which it stands for */}
							<button
								id={id}
								type="button"
								role="checkbox"
								aria-checked="true"
								data-state="checked"
								className={CHECKBOX_LOOK}
								onClick={() => onUse("Hide instant steps")}
							>
								<Check aria-hidden="true" className="size-3" strokeWidth={3} />
							</button>
						</TimelineKey>
						<StillButton label="Hide the panel" size="panel" className="-mr-2 flex-none" onUse={onUse}>
							<ChevronDown />
						</StillButton>
					</>
				}
			>
				<div role="tablist" aria-label="Details of the run" className={TAB_LIST_LOOK}>
					<StillTab name="Timeline" isShown />
					{screen.shows.logs && <StillTab name="Logs" onUse={onUse} />}
					<StillTab name="Events" onUse={onUse}>
						<Badge>{formatCount(Math.max(events, screen.state.seq))}</Badge>
					</StillTab>
				</div>
			</TabFrame>
			<div role="tabpanel" aria-label="Timeline" className="min-h-0 flex-1">
				<StillTimeline screen={screen} onUse={onUse} />
			</div>
		</div>
	);
}

interface StillTabProps {
	name: string;
	isShown?: boolean;
	onUse?: (label: string) => void;
	children?: React.ReactNode;
}

export function StillTab({ name, isShown = false, onUse, children }: StillTabProps) {
	return (
		<button
			type="button"
			role="tab"
			aria-selected={isShown}
			data-state={isShown ? "active" : "inactive"}
			className={TAB_LOOK}
			onClick={() => onUse?.(name)}
		>
			{name}
			{children}
		</button>
	);
}
