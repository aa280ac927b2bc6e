"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { Menu, MenuChoices, MenuLabel } from "../ui/menu";
import { useViewer } from "./viewer-context";

function TeamSquare({ name }: { name: string }) {
	return (
		<span
			aria-hidden="true"
			className="grid size-5 flex-none place-items-center rounded-[5px] bg-ink font-semibold text-11 text-panel"
		>
			{[...name][0]?.toLocaleUpperCase() ?? "?"}
		</span>
	);
}

/** The team's name; with more than one team, also the way to another. */
export function TeamMenu() {
	const { team, teams } = useViewer();
	const router = useRouter();
	const look = "mb-2 flex h-9 w-full items-center gap-2 rounded-2 border border-line bg-panel px-2 font-medium";
	if (teams.length < 2) {
		return (
			<div className={look}>
				<TeamSquare name={team.name} />
				<span className="min-w-0 flex-1 truncate">{team.name}</span>
			</div>
		);
	}
	const trigger = (
		<button type="button" className={`${look} hover:border-line-strong`}>
			<TeamSquare name={team.name} />
			<span className="min-w-0 flex-1 truncate text-left">{team.name}</span>
			<ChevronsUpDown aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
		</button>
	);
	return (
		<Menu trigger={trigger} align="start" className="w-[200px]">
			<MenuLabel>Teams</MenuLabel>
			<MenuChoices
				label="Team"
				value={team.slug}
				onChange={(slug) => router.push(`/${slug}/workflows`)}
				options={teams.map(({ slug, name }) => ({ value: slug, label: name, icon: <TeamSquare name={name} /> }))}
			/>
		</Menu>
	);
}
