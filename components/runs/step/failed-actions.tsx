"use client";

import { PencilLine, RotateCw, Workflow } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { NodeId } from "@/server/plan/plan";
import { useRunActions } from "../use-run-actions";
import type { TeamRunScreen } from "../use-run-screen";
import { editorOf } from "./editor-of";

/** What to do about a failed run; beside a step of it, that step is the one to edit. */
export function FailedActions({ screen, step }: { screen: TeamRunScreen; step: NodeId | undefined }) {
	const { again } = useRunActions(screen);
	const edits = step !== undefined && screen.run.permissions.canEdit;
	return (
		<div className="grid grid-cols-2 gap-2 px-4 pb-3">
			{again && (
				<Button intent="primary" size="form" onClick={again.go} busy={again.busy}>
					<RotateCw />
					{screen.run.kind === "draft" ? "Test again" : "Run again"}
				</Button>
			)}
			<Button size="form" asChild>
				{edits ? (
					<Link href={editorOf(screen, step)}>
						<PencilLine aria-hidden="true" />
						Edit this step
					</Link>
				) : (
					<Link href={editorOf(screen)}>
						<Workflow aria-hidden="true" />
						Open workflow
					</Link>
				)}
			</Button>
		</div>
	);
}
