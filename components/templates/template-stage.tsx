"use client";

import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { Plan } from "@/server/plan/plan";
import type { RunEvent } from "@/server/runs/events";
import { Button } from "../ui/button";
import { useFocusWhen } from "../ui/hooks/use-focus-when";

const SamplePlayer = dynamic(() => import("./sample-player").then((module) => module.SamplePlayer), { ssr: false });

interface TemplateStageProps {
	plan: Plan;
	events: readonly RunEvent[];
	/** The plan at rest. */
	children: ReactNode;
}

/** A template's canvas. What plays a run on it is loaded once it is asked for. */
export function TemplateStage({ plan, events, children }: TemplateStageProps) {
	const [isPlaying, setPlaying] = useState<boolean>();
	const button = useFocusWhen<HTMLButtonElement>(isPlaying === false);
	return (
		<div className="weft-canvas h-full" data-run={isPlaying ? "" : undefined}>
			{isPlaying ? <SamplePlayer plan={plan} events={events} onClose={() => setPlaying(false)} /> : children}
			{!isPlaying && events.length > 0 && (
				<div className="absolute bottom-3 left-3">
					<Button ref={button} className="shadow-2" onClick={() => setPlaying(true)}>
						<Play />
						Play a sample run
					</Button>
				</div>
			)}
		</div>
	);
}
