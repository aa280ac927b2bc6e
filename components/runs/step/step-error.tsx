"use client";

import { CircleAlert, PencilLine, RotateCw, Workflow } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { NodeId } from "@/server/plan/plan";
import type { StepError } from "@/server/runs/events";
import { useRunActions } from "../use-run-actions";
import type { RunScreen } from "../use-run-screen";
import { editorOf } from "./editor-of";

/** What went wrong, before everything else. */
export function ErrorCard({ error }: { error: StepError }) {
	return (
		<div
			role="alert"
			className="mx-4 mb-3 grid gap-1 rounded-3 border border-[color-mix(in_oklab,var(--failed)_45%,var(--panel))] bg-failed-soft px-3 py-2.5"
		>
			<div className="flex gap-2 font-semibold text-failed">
				<CircleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none" />
				<span className="min-w-0 break-words">{error.message}</span>
			</div>
			{error.detail && (
				<pre className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words text-11">{error.detail}</pre>
			)}
		</div>
	);
}

/** What to do about a failed run; beside a step of it, that step is the one to edit. */
export function FailedActions({ screen, step }: { screen: RunScreen; step?: NodeId }) {
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
