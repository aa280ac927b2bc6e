"use client";

import { PencilLine, RotateCw, Workflow } from "lucide-react";
import type { AnswerTask } from "@/components/assistant/use-answer";
import { GuardedButton, GuardedLink } from "@/components/ui/guarded";
import type { NodeId } from "@/server/plan/plan";
import { useRunActions } from "../use-run-actions";
import type { TeamRunScreen } from "../use-run-screen";
import { editorOf } from "./editor-of";
import { useWhyNotEdit } from "./use-why-not-edit";
import { WhyFailed } from "./why-failed";

interface FailedActionsProps {
	screen: TeamRunScreen;
	step: NodeId | undefined;
	/** Why it failed, as far as somebody has asked. */
	reason: AnswerTask;
}

/** What to do about a failed run; beside a step of it, that step is the one to edit. */
export function FailedActions({ screen, step, reason }: FailedActionsProps) {
	const { again } = useRunActions(screen);
	const whyNotEdit = useWhyNotEdit(screen.run);
	return (
		<>
			<div className="grid grid-cols-2 gap-2 px-4 pb-3">
				{again && (
					<GuardedButton intent="primary" size="form" whyNot={again.whyNot} onClick={again.go} busy={again.busy}>
						<RotateCw />
						{screen.run.kind === "draft" ? "Test again" : "Run again"}
					</GuardedButton>
				)}
				{step === undefined ? (
					<GuardedLink size="form" whyNot={undefined} href={editorOf(screen)}>
						<Workflow aria-hidden="true" />
						Open workflow
					</GuardedLink>
				) : (
					<GuardedLink size="form" whyNot={whyNotEdit} href={editorOf(screen, step)}>
						<PencilLine aria-hidden="true" />
						Edit this step
					</GuardedLink>
				)}
			</div>
			<WhyFailed screen={screen} reason={reason} />
		</>
	);
}
