"use client";

import { ExternalLink, X } from "lucide-react";
import { describeCause } from "@/components/canvas/drawing/describe-trigger";
import { IconButton } from "@/components/ui/icon-button";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { StepState } from "@/server/runs/state";
import { FoundSoFar } from "../step/agent-found";
import { ApprovalQuestion, DecisionButtons, useDecision } from "../step/step-approval";
import type { Wait } from "../step/step-decision";
import type { TeamRunScreen } from "../use-run-screen";

interface PhoneApprovalProps {
	screen: TeamRunScreen;
	step: StepState;
	wait: Wait;
}

const MAX_TITLE = 200;

/** A decision on a phone: what is asked, the form, and the two answers fixed at the bottom. */
export function PhoneApproval({ screen, step, wait }: PhoneApprovalProps) {
	const { run } = screen;
	const decision = useDecision({ team: screen.team, runId: screen.run.id }, step, wait);
	// A question is its own title.
	const titled = wait.by === "question" && wait.message.length <= MAX_TITLE;
	const name = titled ? wait.message : nameOfNode(screen.drawing.graph, step.nodeId);
	return (
		<div className="fixed inset-0 z-30 flex flex-col bg-panel">
			<header className="flex h-13 flex-none items-center gap-1 border-line border-b bg-page px-1">
				<IconButton label="Close" onClick={() => screen.select(null)}>
					<X />
				</IconButton>
				<div className="min-w-0 flex-1">
					<h1 className="truncate text-[15px]">{run.workflow.name}</h1>
					<p className="truncate text-12 text-ink-3 leading-[18px] tabular-nums">
						{run.number} · {run.version === null ? "draft" : `v${run.version}`} · {describeCause(run.trigger).name}
						{step.turns && ` · turn ${step.turns.length}`}
					</p>
				</div>
				<IconButton label="Open the run" onClick={() => screen.select(null)}>
					<ExternalLink />
				</IconButton>
			</header>
			<main className="min-h-0 flex-1 overflow-y-auto p-4">
				<StatusPill state="waiting">{decision.whyNot === undefined ? "Waiting for you" : "Waiting"}</StatusPill>
				<h2 className="mt-3 mb-1 text-[24px] leading-8 tracking-[-0.016em] whitespace-pre-wrap break-words">{name}</h2>
				<ApprovalQuestion step={step} wait={wait} decision={decision} titled={titled}>
					{wait.by === "question" && <FoundSoFar step={step} />}
				</ApprovalQuestion>
			</main>
			<div className="flex flex-none gap-2 border-line border-t bg-page px-4 pt-3 pb-5">
				<DecisionButtons decision={decision} large />
			</div>
		</div>
	);
}
