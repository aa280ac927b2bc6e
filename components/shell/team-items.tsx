"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { MenuChoices, MenuItem, MenuLabel, MenuSearch, MenuSeparator } from "../ui/menu";
import { useViewer } from "./viewer-context";

/** From how many teams on one looks for a name rather than reads them all. */
const MANY = 8;

/** Inside a menu: the viewer's teams, this one ticked, and the way to a new one. */
export function TeamItems({ onCreate }: { onCreate: () => void }) {
	const { team, teams } = useViewer();
	const router = useRouter();
	const [sought, setSought] = useState("");
	const hasSearch = teams.length >= MANY;
	const found = teams.filter(({ name, slug }) => isLike(name, sought) || isLike(slug, sought));
	const open = (slug: string) => {
		if (slug !== team.slug) router.push(`/${slug}/workflows`);
	};
	return (
		<>
			{hasSearch ? (
				<MenuSearch label="Find a team" value={sought} onChange={setSought} />
			) : (
				<MenuLabel>Teams</MenuLabel>
			)}
			<div className="max-h-72 overflow-y-auto">
				<MenuChoices
					label="Team"
					value={team.slug}
					onChange={open}
					passive={hasSearch}
					options={found.map(({ slug, name }) => ({ value: slug, label: name, icon: <TeamSquare name={name} /> }))}
				/>
				{found.length === 0 && <p className="px-2 py-1.5 text-ink-2">None of your teams is called that.</p>}
			</div>
			<MenuSeparator />
			<MenuItem onSelect={onCreate}>
				<Plus />
				Create a team
			</MenuItem>
		</>
	);
}

export function TeamSquare({ name }: { name: string }) {
	return (
		<span
			aria-hidden="true"
			className="grid size-5 flex-none place-items-center rounded-[5px] bg-ink font-semibold text-11 text-panel"
		>
			{[...name][0]?.toLocaleUpperCase() ?? "?"}
		</span>
	);
}

function isLike(text: string, sought: string): boolean {
	return text.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase());
}
