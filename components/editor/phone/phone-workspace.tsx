"use client";

import { Monitor } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { CanvasContext } from "@/components/canvas/canvas-store";
import { DrawingStrip } from "@/components/canvas/drawing-strip";
import { CloseDrawing, FullScreen } from "@/components/canvas/phone-drawing";
import { PhoneFact, PhoneFacts } from "@/components/canvas/phone-facts";
import { useViewer } from "@/components/shell/viewer-context";
import type { Outputs } from "@/components/trpc/types";
import { EmptyState } from "@/components/ui/empty-state";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { PanelSection } from "@/components/ui/panel-section";
import type { Issue } from "@/server/plan/issue";
import { EditorCanvas } from "../canvas/editor-canvas";
import { useEditorSession, useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { WorkflowTriggers } from "../inspector/workflow/workflow-triggers";
import { ProblemList } from "../panels/problems/problem-list";
import { StartButtons } from "../top-bar/start-buttons";
import { useUnpublished } from "../top-bar/use-unpublished";
import { AddStepButton } from "./add-step-button";
import { DescribeStepsButton } from "./describe-steps-button";
import { PhoneSteps } from "./phone-steps";

/** Comes when its section is opened. */
const WorkflowFailures = dynamic(() =>
	import("../inspector/workflow/workflow-failures").then((part) => part.WorkflowFailures),
);

type Draft = Outputs["workflows"]["draft"];

export interface PhoneWorkspaceProps {
	draft: Draft;
	/** Something is being started. */
	busy: boolean;
	onShowProblem: (issue: Issue) => void;
}

/** A workflow on a phone: its steps as a list, to be read, filled in and added to. Branches are drawn on a wider screen. */
export function PhoneWorkspace({ draft, busy, onShowProblem }: PhoneWorkspaceProps) {
	const { canvas } = useEditorSession();
	const team = useViewer().team.slug;
	const [isDrawing, setDrawing] = useState(false);
	useBackCloses(isDrawing, () => setDrawing(false));
	const isEmpty = useEditor(({ plan }) => plan.nodes.length === 0);
	return (
		<CanvasContext value={canvas}>
			<div className="flex min-h-0 min-w-0 flex-col">
				<Strip onOpen={() => setDrawing(true)} />
				<main className="flex min-h-0 flex-1 flex-col">
					<Facts draft={draft} />
					<div className="min-h-0 flex-1 overflow-y-auto bg-panel">
						<Problems onShow={onShowProblem} />
						<WorkflowTriggers startOpen={false} />
						<PanelSection title="When it fails" startOpen={false}>
							<WorkflowFailures team={team} slug={draft.slug} />
						</PanelSection>
						{isEmpty ? <NothingDrawn /> : <PhoneSteps />}
					</div>
				</main>
				<div className="grid flex-none auto-cols-fr grid-flow-col gap-2 border-line border-t bg-page px-4 pt-3 pb-5">
					<StartButtons draft={draft} busy={busy} />
				</div>
			</div>
			{isDrawing && (
				<FullScreen>
					<EditorCanvas label={`Canvas of ${draft.name}`} isFixed>
						<CloseDrawing onClose={() => setDrawing(false)} />
					</EditorCanvas>
				</FullScreen>
			)}
		</CanvasContext>
	);
}

function Strip({ onOpen }: { onOpen: () => void }) {
	const drawing = useSessionState((state) => state.drawing);
	return <DrawingStrip drawing={drawing} onOpen={onOpen} />;
}

function Facts({ draft }: { draft: Draft }) {
	const steps = useEditor(({ plan }) => plan.nodes.length);
	return (
		<PhoneFacts>
			<PhoneFact name="Published">
				<Published draft={draft} />
			</PhoneFact>
			<PhoneFact name="Steps">{steps}</PhoneFact>
		</PhoneFacts>
	);
}

function Published({ draft }: { draft: Draft }) {
	const isChanged = useUnpublished(draft);
	if (draft.version === null) return "not yet";
	return isChanged ? `v${draft.version}, changed since` : `v${draft.version}`;
}

function Problems({ onShow }: { onShow: (issue: Issue) => void }) {
	const hasProblems = useSessionState(({ issues }) => issues.length > 0);
	if (!hasProblems) return null;
	return (
		<section aria-label="Problems" className="border-line border-b">
			<ProblemList onShow={onShow} />
		</section>
	);
}

function NothingDrawn() {
	return (
		<EmptyState
			picture={<Monitor aria-hidden="true" className="size-6 text-ink-3" />}
			title="No steps yet"
			className="pt-16"
			action={
				<span className="flex flex-wrap justify-center gap-2">
					<AddStepButton after={undefined} />
					<DescribeStepsButton />
				</span>
			}
		>
			Add one after the other here. Branches are drawn on a wider screen.
		</EmptyState>
	);
}
