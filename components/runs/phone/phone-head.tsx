"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LiveDuration } from "@/components/ui/live-duration";
import { RUN_LOOK_LABELS } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { isEnded } from "@/server/runs/state";
import { endOf, startOf } from "../describe-run";
import { ConnectionState } from "../run-facts";
import type { RunScreen, TeamRunScreen } from "../use-run-screen";

/** What the run is, how it stands, and the way back to the others. */
export function PhoneHead({ screen }: { screen: TeamRunScreen }) {
	const { team, run } = screen;
	return (
		<PhoneRunHead screen={screen}>
			<IconButton label="All runs" asChild>
				<Link href={`/${team}/workflows/${run.workflow.slug}?tab=runs`}>
					<ChevronLeft aria-hidden="true" />
				</Link>
			</IconButton>
		</PhoneRunHead>
	);
}

/** The same for everybody; `children` lead away from it. */
export function PhoneRunHead({ screen, children }: { screen: RunScreen; children: ReactNode }) {
	const { run, state, look } = screen;
	const started = startOf(state);
	return (
		<header className="flex h-13 flex-none items-center gap-1 border-line border-b bg-page px-1">
			{children}
			<div className="min-w-0 flex-1">
				<h1 className="truncate text-[15px]">{run.workflow.name}</h1>
				<p className="flex items-center gap-1.5 text-12 leading-[18px] tabular-nums">
					<span className="text-ink-3">{run.number}</span>
					<span data-state={look} className="inline-flex items-center gap-1.5 font-medium text-(--c)">
						<StateIcon state={look} label="" />
						{RUN_LOOK_LABELS[look]}
						{started !== undefined && (
							<span>
								· <LiveDuration from={started} to={endOf(state)} />
							</span>
						)}
					</span>
				</p>
			</div>
			{state.phase.status !== "paused" && (screen.isCatchingUp || !isEnded(state.phase.status)) && (
				<span className="pr-3 text-12">
					<ConnectionState screen={screen} />
				</span>
			)}
		</header>
	);
}
