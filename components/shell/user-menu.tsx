"use client";

import { CircleUserRound, LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu";
import { ThemeChoices } from "../ui/theme/theme-choices";
import { useViewer } from "./viewer-context";

interface UserMenuProps {
	trigger: ReactNode;
	/** Also offers the person's other teams: on a phone the sidebar that holds them is missing. */
	withTeams?: boolean;
}

/** Who is signed in, how the pages look, and the way out. */
export function UserMenu({ trigger, withTeams }: UserMenuProps) {
	const { user, team, teams, signOut } = useViewer();
	const router = useRouter();
	const [leaving, startLeaving] = useTransition();
	return (
		<Menu trigger={trigger} side="top" align="start">
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
			<ThemeChoices />
			<MenuSeparator />
			<MenuItem onSelect={() => router.push(`/${team.slug}/settings/account`)}>
				<CircleUserRound />
				Account
			</MenuItem>
			<MenuItem disabled={leaving} onSelect={() => startLeaving(signOut)}>
				<LogOut />
				Sign out
			</MenuItem>
		</Menu>
	);
}
