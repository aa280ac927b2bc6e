"use client";

import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { SettingsFrame } from "../settings/settings-frame";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { Button } from "../ui/button";
import { GuardedButton } from "../ui/guarded";
import { TeamDialog } from "./team-dialog";

/** The team as a whole: another one beside it, and its end. */
export function GeneralPage({ team }: { team: string }) {
	const { team: viewed } = useViewer();
	const [asking, setAsking] = useState<"create" | "delete" | null>(null);
	const whyNotDelete = useWhyNot("team:delete");
	return (
		<SettingsFrame team={team} page="General">
			<h2 className="mb-4 truncate text-20 tracking-[-0.012em]">{viewed.name}</h2>
			<div className="divide-y divide-line rounded-3 border border-line bg-panel shadow-1">
				<Line
					title="Another team"
					action={
						<Button size="form" onClick={() => setAsking("create")}>
							<Plus />
							Create a team
						</Button>
					}
				>
					With members, workflows and credentials of its own. You switch between teams by the name at the top.
				</Line>
				<Line
					title="Delete this team"
					action={
						<GuardedButton intent="danger" size="form" whyNot={whyNotDelete} onClick={() => setAsking("delete")}>
							<Trash2 />
							Delete the team
						</GuardedButton>
					}
				>
					Its runs stop, and its workflows, runs, credentials and audit log go for good.
				</Line>
			</div>
			{asking && <TeamDialog team={team} kind={asking} onClose={() => setAsking(null)} />}
		</SettingsFrame>
	);
}

function Line({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
	return (
		<div className="flex items-center gap-4 px-4 py-3 phone:flex-col phone:items-stretch">
			<div className="min-w-0 flex-1">
				<h3 className="font-medium">{title}</h3>
				<p className="text-ink-2">{children}</p>
			</div>
			{action}
		</div>
	);
}
