"use client";

import { CircleAlert, RotateCw, Workflow } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { StepError } from "@/server/runs/events";
import { useRunActions } from "./use-run-actions";
import type { RunScreen } from "./use-run-screen";

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

/** What to do about a failed run. */
export function FailedActions({ screen }: { screen: RunScreen }) {
	const { again } = useRunActions(screen);
	return (
		<div className="grid grid-cols-2 gap-2 px-4 pb-3">
			{again && (
				<Button intent="primary" size="form" onClick={again.go} busy={again.busy}>
					<RotateCw />
					Run again
				</Button>
			)}
			<Button size="form" asChild>
				<Link href={`/${screen.team}/workflows/${screen.run.workflow.slug}`}>
					<Workflow aria-hidden="true" />
					Open workflow
				</Link>
			</Button>
		</div>
	);
}
