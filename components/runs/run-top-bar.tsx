"use client";

import { Slash } from "@/components/shell/slash";
import { TopBar } from "@/components/shell/top-bar";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { RunActions } from "./run-actions";
import type { TeamRunScreen } from "./use-run-screen";

export function RunTopBar({ screen }: { screen: TeamRunScreen }) {
	const { team, run, look } = screen;
	return (
		<TopBar
			team={team}
			teamName={run.teamName}
			workflow={run.workflow}
			tab="runs"
			trail={
				<>
					<Slash />
					<h1 className="font-semibold text-13 tabular-nums">
						<span className="sr-only">Run </span>
						{run.number}
					</h1>
					<StatusPill state={look} />
				</>
			}
			actions={<RunActions screen={screen} />}
		/>
	);
}
