"use client";

import { useState } from "react";
import { DrawingStrip } from "@/components/canvas/drawing-strip";
import { PhoneFact, PhoneFacts } from "@/components/canvas/phone-facts";
import { firstRows } from "@/components/runs/phone/first-rows";
import { NOTHING_RAN, PhonePlanStep } from "@/components/runs/phone/phone-plan-step";
import { phoneRows } from "@/components/runs/phone/phone-rows";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import type { NodeId } from "@/server/plan/plan";
import { LoadFailure } from "./load-failure";
import { SharedBy } from "./shared-bar";
import type { DrawnWorkflowProps } from "./shared-workflow-props";
import { useWantedScreen } from "./use-wanted-screen";

const loadOverlay = () => import("./shared-workflow-overlay").then((module) => module.SharedWorkflowOverlay);

/** A shared workflow on a phone: its steps as a list along one line, as its runs are shown. */
export function SharedWorkflowPhone({ token, workflow, drawing }: DrawnWorkflowProps) {
	const { Screen: Overlay, want, isLoading, isFailed } = useWantedScreen(loadOverlay);
	const [chosen, setChosen] = useState<NodeId | null>(null);
	const [isDrawing, setDrawing] = useState(false);
	const choose = (id: NodeId | null) => {
		setChosen(id);
		want();
	};
	const isAlive = useIsAlive();
	const draw = () => {
		setDrawing(true);
		want();
	};
	return (
		<div className="flex h-dvh flex-col" aria-busy={isLoading}>
			<header className="flex h-13 flex-none items-center border-line border-b bg-page px-4">
				<h1 className="truncate text-[15px]">{workflow.name}</h1>
			</header>
			<DrawingStrip drawing={drawing} onOpen={draw} />
			<main className="flex min-h-0 flex-1 flex-col">
				<PhoneFacts>
					<PhoneFact name="Version">v{workflow.version}</PhoneFact>
					<PhoneFact name="Steps">{workflow.plan.nodes.length}</PhoneFact>
					<PhoneFact name="Starts">{drawing.triggers.map(({ summary }) => summary).join(", ")}</PhoneFact>
				</PhoneFacts>
				<ol className="min-h-0 flex-1 overflow-y-auto bg-panel px-4 py-1">
					{firstRows(phoneRows(drawing.graph, NOTHING_RAN), isAlive).map((row, index) => {
						const look = drawing.layout.nodes.get(row.id)?.look;
						const open = () => choose(row.id);
						return look && <PhonePlanStep key={row.id} row={row} isFirst={index === 0} look={look} onOpen={open} />;
					})}
				</ol>
			</main>
			<div className="flex-none border-line border-t bg-page px-4 pt-3 pb-5">
				<SharedBy run={workflow} token={token} />
			</div>
			{isFailed && <LoadFailure />}
			{Overlay && (
				<Overlay
					workflow={workflow}
					chosen={chosen}
					isDrawing={isDrawing}
					onChoose={choose}
					onCloseDrawing={() => setDrawing(false)}
				/>
			)}
		</div>
	);
}
