"use client";

import { BookText, CircleDollarSign, CircleUserRound, LogOut, Zap } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import { ThemeChoices } from "../ui/theme/theme-choices";
import { TeamItems } from "./team-items";
import { useViewer } from "./viewer-context";

interface UserMenuProps {
	trigger: ReactNode;
	/** Also offers the prompts, the deliveries, the person's teams and a new one: on a phone the sidebar that holds them is missing. */
	onCreateTeam?: () => void;
}

/** Who is signed in, how the pages look, and the way out. */
export function UserMenu({ trigger, onCreateTeam }: UserMenuProps) {
	const { user, team, signOut } = useViewer();
	const router = useRouter();
	const [leaving, startLeaving] = useTransition();
	return (
		<Menu trigger={trigger} side="top" align="start" className="w-[264px]">
			<div className="px-2 pt-2 pb-1">
				<div className="truncate font-medium">{user.name}</div>
				<div className="truncate text-12 text-ink-3">{user.email}</div>
			</div>
			<MenuSeparator />
			{onCreateTeam && (
				<>
					<MenuItem onSelect={() => router.push(`/${team.slug}/prompts`)}>
						<BookText />
						Prompts
					</MenuItem>
					<MenuItem onSelect={() => router.push(`/${team.slug}/deliveries`)}>
						<Zap />
						Deliveries
					</MenuItem>
					<MenuItem onSelect={() => router.push(`/${team.slug}/costs`)}>
						<CircleDollarSign />
						Costs
					</MenuItem>
					<MenuSeparator />
					<TeamItems onCreate={onCreateTeam} />
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
