"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { CreateTeamDialog } from "../members/create-team-dialog";
import { Menu } from "../ui/menu";
import { TeamItems, TeamSquare } from "./team-items";
import { useViewer } from "./viewer-context";

/** The team's name: the way to another one, and to a new one. */
export function TeamMenu() {
	const { team } = useViewer();
	const [creating, setCreating] = useState(false);
	return (
		<>
			<Menu
				align="start"
				className="w-[264px]"
				trigger={
					<button
						type="button"
						className="mb-2 flex h-9 w-full items-center gap-2 rounded-2 border border-line bg-panel px-2 font-medium hover:border-line-strong"
					>
						<TeamSquare name={team.name} />
						<span className="min-w-0 flex-1 truncate text-left">
							{team.name}
							<span className="sr-only">, teams</span>
						</span>
						<ChevronsUpDown aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
					</button>
				}
			>
				<TeamItems onCreate={() => setCreating(true)} />
			</Menu>
			{creating && <CreateTeamDialog onClose={() => setCreating(false)} />}
		</>
	);
}
