"use client";

import {
	BellRing,
	Building2,
	CircleDollarSign,
	CircleUserRound,
	KeyRound,
	Link2,
	ScrollText,
	Server,
	Users,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { NavLink } from "../shell/sidebar";
import { useViewer } from "../shell/viewer-context";

interface SettingsFrameProps {
	/** The name of the page shown. */
	page: string;
	children: ReactNode;
}

/** The pages of the settings beside each other, and one of them. */
export function SettingsFrame({ page, children }: SettingsFrameProps) {
	const team = useViewer().team.slug;
	const nav = useRef<HTMLElement>(null);
	useEffect(() => {
		// On a phone the pages stand in a row that is wider than the screen.
		nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
	}, []);
	return (
		<>
			<header className="flex h-12 flex-none items-center gap-1.5 border-line border-b px-5 text-ink-2 phone:h-13 phone:bg-page phone:px-4">
				Settings
				<span aria-hidden="true" className="text-line-strong">
					/
				</span>
				<h1 className="text-13 text-ink">{page}</h1>
			</header>
			<div className="flex min-h-0 flex-1 max-md:flex-col">
				<nav
					ref={nav}
					aria-label="Settings"
					className="w-[200px] flex-none border-line border-r p-2 max-md:flex max-md:w-full max-md:gap-1 max-md:overflow-x-auto max-md:border-r-0 max-md:border-b"
				>
					<div className="px-2 pt-3 pb-1 font-medium text-11 text-ink-3 max-md:hidden">Team</div>
					<NavLink href={`/${team}/settings/general`} icon={<Building2 />}>
						General
					</NavLink>
					<NavLink href={`/${team}/settings/members`} icon={<Users />}>
						Members
					</NavLink>
					<NavLink href={`/${team}/settings/credentials`} icon={<KeyRound />}>
						Credentials
					</NavLink>
					<NavLink href={`/${team}/settings/sharing`} icon={<Link2 />}>
						Share links
					</NavLink>
					<NavLink href={`/${team}/settings/failures`} icon={<BellRing />}>
						When runs fail
					</NavLink>
					<NavLink href={`/${team}/settings/budgets`} icon={<CircleDollarSign />}>
						Budgets
					</NavLink>
					<NavLink href={`/${team}/settings/audit`} icon={<ScrollText />}>
						Audit log
					</NavLink>
					<div className="px-2 pt-3 pb-1 font-medium text-11 text-ink-3 max-md:hidden">You</div>
					<NavLink href={`/${team}/settings/account`} icon={<CircleUserRound />}>
						Account
					</NavLink>
					<div className="px-2 pt-3 pb-1 font-medium text-11 text-ink-3 max-md:hidden">Server</div>
					<NavLink href={`/${team}/settings/workers`} icon={<Server />}>
						Workers
					</NavLink>
				</nav>
				<div className="relative min-w-0 flex-1 overflow-y-auto px-8 py-6 phone:p-4">
					<div className="max-w-[920px]">{children}</div>
				</div>
			</div>
		</>
	);
}
