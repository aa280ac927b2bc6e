"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { SettingsFrame } from "../settings/settings-frame";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { Button } from "../ui/button";
import { GuardedButton } from "../ui/guarded";
import { CreateTeamDialog } from "./create-team-dialog";
import { DeleteTeamDialog } from "./delete-team-dialog";
import { RenameTeamDialog } from "./rename-team-dialog";

/** The team as a whole: its name, another one beside it, and its end. */
export function GeneralPage() {
	const { team: viewed } = useViewer();
	const [asking, setAsking] = useState<"create" | "rename" | "delete" | null>(null);
	const whyNotRename = useWhyNot("team:rename");
	const whyNotDelete = useWhyNot("team:delete");
	const close = () => setAsking(null);
	return (
		<SettingsFrame page="General">
			<h2 className="mb-4 truncate text-20 tracking-[-0.012em]">{viewed.name}</h2>
			<div className="divide-y divide-line rounded-3 border border-line bg-panel shadow-1">
				<Line
					title="Name and address"
					action={
						<GuardedButton size="form" whyNot={whyNotRename} onClick={() => setAsking("rename")}>
							<Pencil />
							Rename
						</GuardedButton>
					}
				>
					<Addresses />
				</Line>
				<Line
					title="Another team"
					action={
						<Button size="form" onClick={() => setAsking("create")}>
							<Plus />
							Create a team
						</Button>
					}
				>
					Another team has its own members, workflows and credentials. You switch between teams{" "}
					<span className="phone:hidden">by the name at the top</span>
					<span className="hidden phone:inline">under More</span>.
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
					Its runs are cancelled, and its workflows, runs, credentials and audit log are deleted for good.
				</Line>
			</div>
			{asking === "rename" && <RenameTeamDialog onClose={close} />}
			{asking === "create" && <CreateTeamDialog onClose={close} />}
			{asking === "delete" && <DeleteTeamDialog onClose={close} />}
		</SettingsFrame>
	);
}

/** Where the team is found: by its address, and by those that it had. */
function Addresses() {
	const { team } = useViewer();
	const former = team.formerSlugs.map((slug) => `/${slug}`);
	return (
		<>
			The team is at <b className="font-medium">/{team.slug}</b>.
			{former.length > 0 && ` Links with ${listAddresses.format(former)} lead here too. No other team can take them.`}
		</>
	);
}

const listAddresses = new Intl.ListFormat("en-GB", { type: "disjunction" });

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
