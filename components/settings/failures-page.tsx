"use client";

import { TeamDestinations } from "../failures/destinations";
import { SettingsFrame } from "./settings-frame";

/** Where a team is told of failed runs. */
export function FailuresPage({ team }: { team: string }) {
	return (
		<SettingsFrame page="When runs fail">
			<TeamDestinations team={team}>
				<h2 className="text-20 tracking-[-0.012em]">When runs fail</h2>
				<p className="max-w-160 text-ink-2">
					Told once when a workflow begins to fail, and once when it works again. Tests of drafts and cancelled runs do
					not count. In its editor a workflow can tell others, too, or nobody.
				</p>
			</TeamDestinations>
		</SettingsFrame>
	);
}
