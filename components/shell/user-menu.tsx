"use client";

import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu";
import { chooseTheme, readTheme, THEMES, type Theme } from "../ui/theme";
import { useViewer } from "./viewer-context";

const THEME_LABELS = {
	system: { label: "Like the system", icon: <Monitor /> },
	light: { label: "Light", icon: <Sun /> },
	dark: { label: "Dark", icon: <Moon /> },
} satisfies Record<Theme, { label: string; icon: ReactNode }>;

interface UserMenuProps {
	trigger: ReactNode;
	/** Also offers the person's other teams: on a phone the sidebar that holds them is missing. */
	withTeams?: boolean;
}

/** Who is signed in, how the pages look, and the way out. */
export function UserMenu({ trigger, withTeams }: UserMenuProps) {
	const { user, team, teams, signOut } = useViewer();
	const router = useRouter();
	const [theme, setTheme] = useState<Theme>("system");
	const [leaving, startLeaving] = useTransition();
	const choose = (chosen: string) => {
		const known = THEMES.find((candidate) => candidate === chosen) ?? "system";
		chooseTheme(known);
		setTheme(known);
	};
	return (
		<Menu trigger={trigger} side="top" align="start" onOpenChange={(open) => open && setTheme(readTheme())}>
			<div className="px-2 pt-2 pb-1">
				<div className="max-w-60 truncate font-medium">{user.name}</div>
				<div className="max-w-60 truncate text-12 text-ink-3">{user.email}</div>
			</div>
			<MenuSeparator />
			{withTeams && teams.length > 1 && (
				<>
					<MenuLabel>Team</MenuLabel>
					<MenuChoices
						label="Team"
						value={team.slug}
						onChange={(slug) => router.push(`/${slug}/workflows`)}
						options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
					/>
					<MenuSeparator />
				</>
			)}
			<MenuLabel>Theme</MenuLabel>
			<MenuChoices
				label="Theme"
				value={theme}
				onChange={choose}
				options={THEMES.map((value) => ({ value, ...THEME_LABELS[value] }))}
			/>
			<MenuSeparator />
			<MenuItem disabled={leaving} onSelect={() => startLeaving(signOut)}>
				<LogOut />
				Sign out
			</MenuItem>
		</Menu>
	);
}
